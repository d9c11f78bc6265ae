import { createHash } from 'node:crypto'

/** SQL ready to run. One with a name is prepared once on each connection, and then only executed. */
export interface Statement {
  readonly text: string
  readonly name: string | undefined
  /** What it usually takes the database, in milliseconds. Unknown at first. */
  usually: number | undefined
  /** Commands that are sent in front of it. */
  readonly before?: readonly string[]
  /** Commands that are sent behind it, and passed over when it fails. */
  readonly after?: readonly string[]
}

// Every connection keeps what is prepared, so a program that makes up SQL as it runs stays bounded.
const MOST_PREPARED = 500
const prepared = new Map<string, Statement>()

/** A statement that will run again with other values: always the same one for the same text. */
export function preparedStatement(text: string): Statement {
  const found = prepared.get(text)
  if (found) return found
  if (prepared.size >= MOST_PREPARED) return plainStatement(text)
  // Short enough for PostgreSQL, which cuts names at 63 bytes.
  const name = `data_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  const fresh: Statement = { text, name, usually: undefined }
  prepared.set(text, fresh)
  return fresh
}

/** A statement that runs once. */
export function plainStatement(text: string): Statement {
  return { text, name: undefined, usually: undefined }
}

export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
