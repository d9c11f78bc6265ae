import { type ClientBase } from 'pg'

import { MigrationError } from './errors.ts'
import { type Script } from './files.ts'
import { lineAt, type SqlStatement, sqlStatements } from './statements.ts'

/**
 * Runs a script and what records it, in one transaction.
 *
 * @throws MigrationError naming the file and the line. The database is as it was.
 */
export async function runScript(
  client: ClientBase,
  script: Script,
  record: { readonly text: string; readonly values: string[] },
): Promise<void> {
  const statements = sqlStatements(script.sql)
  const ending = statements.find(({ text }) => ENDS_TRANSACTION.test(text))
  if (ending) {
    throw new MigrationError(
      `${script.file}:${ending.line}: "${ending.text.trim()}" would end the transaction that a migration runs in. Remove it.`,
    )
  }
  await client.query('begin')
  try {
    for (const statement of statements) await runStatement(client, script, statement)
    await client.query(record)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

const ENDS_TRANSACTION = /^(?:begin|start\s+transaction|commit|end|rollback|abort)\b(?!\s+to\b)/i

async function runStatement(
  client: ClientBase,
  { file, sql }: Script,
  { text, line: start }: SqlStatement,
): Promise<void> {
  try {
    await client.query(text)
  } catch (error) {
    const line = start + lineOf(error, text) - 1
    const reason = error instanceof Error ? error.message : String(error)
    // The file and line as editors and terminals open them, and the line itself below.
    throw new MigrationError(
      `${file}:${line}: ${reason}. Nothing of it was applied.\n    ${sql.split('\n')[line - 1]?.trim() ?? ''}`,
      { cause: error },
    )
  }
}

/** The line in the statement that PostgreSQL points at, or its first. */
function lineOf(error: unknown, text: string): number {
  if (!(error instanceof Error) || !('position' in error) || !error.position) return 1
  // PostgreSQL counts characters, of which JavaScript takes some for two.
  const before = Array.from(text).slice(0, Number(error.position) - 1)
  return lineAt(text, before.join('').length)
}
