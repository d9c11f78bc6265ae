import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { errorCode } from '../errors.ts'

/** Network errors and PostgreSQL's "starting up", "shutting down" and "too many clients": worth another try. */
const PASSING = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P03', '53300']

export function localUrl(password: string, port: number, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
}

export function withDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  return other.href
}

/** Runs `work` with a connection of its own. */
export async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // What goes wrong on the way comes back from the query or the connection it hit.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Waits until the server answers; gives the last error when it does not in time, or never will. */
export async function answers(
  url: string,
  milliseconds: number,
  isOver: () => boolean = () => false,
): Promise<Error | undefined> {
  const deadline = performance.now() + milliseconds
  for (;;) {
    try {
      await connected(url, (client) => client.query('select 1'))
      return undefined
    } catch (error) {
      if (!(error instanceof Error)) throw error
      if (!isPassing(error) || isOver() || performance.now() > deadline) return error
    }
    await wait(20)
  }
}

function isPassing(error: Error): boolean {
  if (error instanceof AggregateError) return error.errors.every((one: Error) => isPassing(one))
  return (
    PASSING.includes(errorCode(error) ?? '') ||
    error.message === 'Connection terminated unexpectedly'
  )
}
