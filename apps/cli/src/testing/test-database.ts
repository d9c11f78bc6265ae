import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { type Env } from '../env.ts'
import { connected, openThrowaway, withDatabase } from '../postgres/index.ts'
import { bringUpToDate } from '../site/migrated.ts'

const PREFIX = 'showrunner_test_'

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
  const name = `${PREFIX}${randomBytes(4).toString('hex')}`
  const presence = await attend(url, name)
  // Tests name their copies after it, so everything of this run begins with its name.
  const close = async () => {
    await connected(url, (client) => dropAll(client, name))
    await presence.end()
  }
  try {
    await connected(url, dropLeftovers)
    return { url: await migrated(url, name), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A connection that bears the run's name for as long as the run lives. */
async function attend(url: string, name: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: name })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** A run that was killed dropped nothing: its databases are there, and its connection is not. */
async function dropLeftovers(client: Client): Promise<void> {
  const { rows } = await client.query<{ run: string }>(
    `select distinct substr(datname, 1, $2) as run from pg_database where starts_with(datname, $1)
     except select application_name from pg_stat_activity`,
    [PREFIX, PREFIX.length + 8],
  )
  for (const { run } of rows) await dropAll(client, run)
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
