import { randomBytes } from 'node:crypto'
import { type Client } from 'pg'
import { type Env } from '../env.ts'
import { connected, openThrowaway, withDatabase } from '../postgres/index.ts'
import { bringUpToDate } from '../site/migrated.ts'

/** A migrated database that tests work on copies of. */
export interface TestDatabase {
  readonly url: string
  readonly close: () => Promise<void>
}

/** On a PostgreSQL of its own, gone with the run; or, beside other databases, on the one of DATABASE_URL. */
export async function openTestDatabase(
  { DATABASE_URL, DATA_DIR }: Pick<Env, 'DATABASE_URL' | 'DATA_DIR'>,
  run: string,
  report: (line: string) => void,
): Promise<TestDatabase> {
  if (DATABASE_URL !== undefined) return guest(DATABASE_URL)
  const server = await openThrowaway(DATA_DIR, run, report)
  try {
    return { url: await migrated(server.url, 'showrunner_test'), close: server.close }
  } catch (error) {
    await server.close()
    throw error
  }
}

async function guest(url: string): Promise<TestDatabase> {
  const name = `showrunner_test_${randomBytes(4).toString('hex')}`
  // Tests name their copies after it, so everything of this run begins with its name.
  const drop = () => connected(url, (client) => dropAll(client, name))
  try {
    return { url: await migrated(url, name), close: drop }
  } catch (error) {
    await drop()
    throw error
  }
}

async function migrated(server: string, name: string): Promise<string> {
  await connected(server, (client) => client.query(`create database ${name}`))
  const url = withDatabase(server, name)
  await bringUpToDate(url)
  return url
}

async function dropAll(client: Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefix],
  )
  for (const { datname } of rows) {
    await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`)
  }
}
