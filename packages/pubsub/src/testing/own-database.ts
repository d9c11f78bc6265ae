import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { testDatabaseUrl } from './env.ts'

export const NO_DATABASE =
  'TEST_DATABASE_URL is not set: `npm test` brings a database, or name one of yours'

export interface OwnDatabase {
  readonly url: string
  readonly run: (sql: string) => Promise<readonly Record<string, unknown>[]>
  readonly drop: () => Promise<void>
}

/** An empty database beside the one of the tests, or undefined where there is none. */
export async function ownDatabase(): Promise<OwnDatabase | undefined> {
  const base = testDatabaseUrl()
  if (base === undefined) return undefined
  const name = `pubsub_${randomBytes(6).toString('hex')}`
  await run(databaseAt(base, 'postgres'), `create database ${name} template template0`)
  const url = databaseAt(base, name)
  return {
    url,
    run: (sql) => run(url, sql),
    drop: async () => {
      await run(databaseAt(base, 'postgres'), `drop database ${name} with (force)`)
    },
  }
}

async function run(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

function databaseAt(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
