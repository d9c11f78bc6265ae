import { type TestContext } from 'node:test'

import { Client } from 'pg'

import { plainStatement, type Statement } from '../query/statement.ts'
import { type Connection, type Database, inTurn } from '../repo/connection.ts'
import { type Repo, repoOn, type RepoOptions } from '../repo/repo.ts'
import { send } from '../repo/wire.ts'
import { cloneDatabase, dropDatabase, sharedClone } from './databases.ts'
import { testDatabaseUrl } from './env.ts'

const NO_DATABASE =
  'TEST_DATABASE_URL is not set: `npm test` brings a database, and so does a URL of yours'

type TestBody = (t: TestContext) => Promise<void>

/**
 * A test body with a repo of its own: one connection, in a transaction that is rolled back when the
 * test ends. Tests see nothing of each other, so they run at the same time.
 */
export function sandboxed(body: (repo: Repo, t: TestContext) => Promise<void>): TestBody {
  return async (t) => {
    const url = testDatabaseUrl()
    if (url === undefined) return t.skip(NO_DATABASE)
    shared ??= sharedClone(url)
    const sandbox = await openSandbox(await shared)
    try {
      await body(sandbox.repo, t)
    } finally {
      await sandbox.close()
    }
  }
}

let shared: Promise<string> | undefined

export interface TestDatabase {
  readonly url: string
  readonly repo: Repo
}

/**
 * A database of the test's own, for what has to commit or needs a server: a copy of the migrated one,
 * dropped when the test ends. Undefined, and the test skipped, where there is none to copy.
 */
export async function testDatabase(
  t: Pick<TestContext, 'after' | 'skip'>,
  options: RepoOptions = {},
): Promise<TestDatabase | undefined> {
  const template = testDatabaseUrl()
  if (template === undefined) {
    t.skip(NO_DATABASE)
    return undefined
  }
  const { createRepo } = await import('../repo/repo.ts')
  const url = await cloneDatabase(template)
  const repo = createRepo({ ...options, url })
  t.after(async () => {
    await repo.close()
    await dropDatabase(url)
  })
  return { url, repo }
}

export interface Sandbox {
  readonly repo: Repo
  /** Waits for what is under way, and rolls back. */
  close(): Promise<void>
}

/** Opens a sandbox on any database, for a helper of your own. */
export async function openSandbox(url: string, options: RepoOptions = {}): Promise<Sandbox> {
  const client = new Client({
    connectionString: url,
    application_name: 'sandbox',
    options: '-c TimeZone=UTC -c DateStyle=ISO',
  })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('begin')
  const run = inTurn((statement, values) => send(client, statement, values))
  return {
    repo: repoOn(sandboxDatabase({ run }), options),
    async close() {
      await run(plainStatement('rollback'), []).catch(() => undefined)
      await client.end()
    },
  }
}

/** One connection as a whole database: transactions are savepoints, and so is each statement outside one. */
function sandboxDatabase(connection: Connection): Database {
  let last: Promise<unknown> = Promise.resolve()
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
  return {
    run: (statement, values) =>
      exclusively(async () => {
        await connection.run(plainStatement('savepoint statement'), [])
        try {
          const result = await connection.run(statement, values)
          await connection.run(plainStatement('release savepoint statement'), [])
          return result
        } catch (error) {
          await connection.run(plainStatement('rollback to savepoint statement'), [])
          throw error
        }
      }),
    alone: (work) =>
      exclusively(() =>
        work({ run: (statement, values) => connection.run(asSavepoint(statement), values) }),
      ),
    close: async () => undefined,
  }
}

const SAVEPOINTS: { readonly [text: string]: string } = {
  begin: 'savepoint transaction',
  commit: 'release savepoint transaction',
  rollback: 'rollback to savepoint transaction',
}

function asSavepoint(statement: Statement): Statement {
  const savepoint = SAVEPOINTS[statement.text]
  return savepoint === undefined ? statement : plainStatement(savepoint)
}
