import { createHash } from 'node:crypto'

/** SQL ready to run. One with a name is prepared once on each connection, and then only executed. */
export interface Statement {
  readonly text: string
  readonly name: string | undefined
  /** What it usually takes the database, in milliseconds. Unknown at first, and where it runs once. */
  usually: number | undefined
}

/** A statement that will run again with other values. The name fits PostgreSQL's 63 bytes. */
export function preparedStatement(text: string): Statement {
  return {
    usually: undefined,
    text,
    name: `data_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`,
  }
}

/** A statement that runs once. */
export function plainStatement(text: string): Statement {
  return { text, name: undefined, usually: undefined }
}

export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
