import { type Client, type Connection, type PoolClient, Query } from 'pg'

import { type Statement } from '../../query/statement.ts'
import { type Times } from './connection.ts'
import { toWire, type WireValue } from './wire-value.ts'

/** Rows as PostgreSQL's text, column by column, and how many rows were read or written. */
export interface RawResult {
  readonly rows: readonly RawRow[]
  readonly count: number
  /** What the columns are called, and the ids of their types. Only where the statement asks. */
  readonly fields: readonly RawField[]
  /** What the server calls what it did: `SELECT 3`; and `ROLLBACK` of a commit that it could not do. */
  readonly done: string
}

export type RawRow = readonly (string | null)[]

interface RawField {
  readonly name: string
  readonly dataTypeID: number
}

/** Sends a statement on its way. On a client with `pipeline: true` it does not wait for those before it. */
export function send(
  client: Client | PoolClient,
  statement: Statement,
  values: readonly unknown[],
  times?: Times,
): Promise<RawResult> {
  if (times) times.sentAt = performance.now()
  return new Promise((resolve, reject) => {
    client.query(new WireQuery(statement, values.map(toWire), resolve, reject))
  })
}

/** What pg's Connection has and its types leave out. */
interface WireConnection extends Omit<Connection, 'parse' | 'bind' | 'describe' | 'execute'> {
  readonly parsedStatements: Record<string, string>
  readonly submittedNamedStatements: Record<string, string>
  parse(message: { text: string; name: string }): void
  bind(message: { portal: string; statement: string; values: readonly WireValue[] }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string }): void
}

/**
 * pg's Query asks for a description of the columns with every run, and turns rows into objects by it.
 * A schema knows its columns. Without that work a statement costs Node a third, and everything that is
 * sent in one turn of the event loop leaves in one packet.
 */
class WireQuery extends Query {
  // pg reads these two: it remembers by them what the connection has prepared.
  readonly name: string | undefined
  readonly text: string
  readonly callback = (): void => undefined
  readonly #describe: boolean
  readonly #before: readonly string[]
  readonly #after: readonly string[]
  readonly #values: readonly WireValue[]
  readonly #resolve: (result: RawResult) => void
  readonly #reject: (error: Error) => void
  readonly #rows: RawRow[] = []
  #fields: readonly RawField[] = []
  #count = 0
  #done = ''

  constructor(
    { text, name, before = [], after = [] }: Statement,
    values: readonly WireValue[],
    resolve: (result: RawResult) => void,
    reject: (error: Error) => void,
  ) {
    super(text)
    this.text = text
    this.name = name
    this.#describe = name === undefined
    this.#before = before
    this.#after = after
    this.#values = values
    this.#resolve = resolve
    this.#reject = reject
  }

  override submit = (given: Connection): void => {
    // pg hands its own Connection here, of which its types show half.
    const connection = given as unknown as WireConnection
    gather(connection)
    for (const command of this.#before) once(connection, command)
    const name = this.name ?? ''
    const { parsedStatements, submittedNamedStatements } = connection
    if (name === '') connection.parse({ text: this.text, name })
    else if (!parsedStatements[name] && !submittedNamedStatements[name]) {
      connection.parse({ text: this.text, name })
      submittedNamedStatements[name] = this.text
    }
    connection.bind({ portal: '', statement: name, values: this.#values })
    if (this.#describe) connection.describe({ type: 'P', name: '' })
    connection.execute({ portal: '' })
    for (const command of this.#after) once(connection, command)
    connection.sync()
  }

  handleRowDescription({ fields }: { fields: readonly RawField[] }): void {
    this.#fields = fields
  }

  handleDataRow({ fields }: { fields: RawRow }): void {
    this.#rows.push(fields)
  }

  handleCommandComplete({ text }: { text: string }): void {
    // `SELECT 3`, `INSERT 0 1`, `UPDATE 2`; `BEGIN` and `SAVEPOINT` count nothing.
    this.#done = text
    this.#count = Number(/\d+$/.exec(text)?.[0] ?? this.#count)
  }

  handleEmptyQuery(): void {
    this.#count = 0
  }

  handleError(error: Error): void {
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    this.#resolve({
      rows: this.#rows,
      count: this.#count,
      fields: this.#fields,
      done: this.#done,
    })
  }
}

/** Sends a command that takes and gives nothing. */
function once(connection: WireConnection, text: string): void {
  connection.parse({ text, name: '' })
  connection.bind({ portal: '', statement: '', values: [] })
  connection.execute({ portal: '' })
}

/** Holds back what is written until this turn of the event loop is over, then sends it as one. */
function gather({ stream }: Pick<WireConnection, 'stream'>): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}
