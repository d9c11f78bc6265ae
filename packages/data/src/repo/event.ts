import { type Statement } from '../query/statement.ts'

/** One statement that ran. Times are in milliseconds; the first is the sum of the other three. */
export interface QueryEvent {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** Its first word: `select`, `insert`, `update`, `delete`, `begin`, `commit` … */
  readonly operation: string
  /** The table it reads or writes, where the statement shows one. */
  readonly source: string | undefined
  readonly milliseconds: number
  /** Waited for a connection, and for the statements before it on that connection. */
  readonly queueMs: number
  /** Was on its way, ran, and came back. */
  readonly queryMs: number
  /** Its text was made into rows. */
  readonly decodeMs: number
  /** Rows read or written. */
  readonly rows: number
  /** Why it failed, when it did. */
  readonly error?: unknown
}

export type QueryListener = (event: QueryEvent) => void

type Description = Pick<QueryEvent, 'operation' | 'source'>

const described = new WeakMap<Statement, Description>()

/** What a statement does and to which table. Prepared statements are looked at once. */
export function describeStatement(statement: Statement): Description {
  const known = described.get(statement)
  if (known) return known
  const fresh = descriptionOf(statement.text)
  described.set(statement, fresh)
  return fresh
}

function descriptionOf(text: string): Description {
  const outermost = withoutParentheses(text.replaceAll(/'(?:[^']|'')*'/g, "''"))
  const [, operation = ''] =
    /^\s*(?:with\b.*?\b(?=(?:select|insert|update|delete|merge)\b))?(\w+)/is.exec(outermost) ?? []
  const [, quotedName, name] =
    /\b(?:from|into|update)\s+(?:only\s+|as\s+)?(?:"((?:[^"]|"")+)"|([\w.]+))/i.exec(outermost) ??
    []
  return { operation: operation.toLowerCase(), source: quotedName?.replaceAll('""', '"') ?? name }
}

/** The statement without its subqueries: what is left names its own table. */
function withoutParentheses(text: string): string {
  const shorter = text.replaceAll(/\([^()]*\)/g, '')
  return shorter === text ? text : withoutParentheses(shorter)
}
