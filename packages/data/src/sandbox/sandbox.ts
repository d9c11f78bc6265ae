import { after, type TestContext } from 'node:test'

import { Client } from 'pg'

import { plainStatement, type Statement } from '../query/statement.ts'
import { type Connection, type Database, oneAtATime, runGuarded } from '../repo/connection.ts'
import { createRepo, type Repo, repoOn, type RepoOptions, SESSION } from '../repo/repo.ts'
import { send } from '../repo/wire.ts'
import { cloneDatabase, dropDatabase } from './databases.ts'
import { testDatabaseUrl } from './env.ts'

const NO_DATABASE =
  'TEST_DATABASE_URL is not set: `npm test` brings a database, or name a migrated one of yours'

/**
 * A test body with a repo of its own: one connection, in a transaction that is rolled back when the
 * test ends. Tests see nothing of each other, so they may run at the same time.
 */
export function sandboxed(
  body: (repo: Repo, t: TestContext) => Promise<void>,
): (t: TestContext) => Promise<void> {
  return async (t) => {
    const url = testDatabaseUrl()
    if (url === undefined) return t.skip(NO_DATABASE)
    copy ??= cloneDatabase(url)
    const sandbox = await openSandbox(await copy)
    try {
      await body(sandbox.repo, t)
    } finally {
      await sandbox.close()
    }
  }
}

// One copy for each file of tests, which is a process: within a file the author sees which unique values two tests share
// and would wait for each other over, between files nobody does.
let copy: Promise<string> | undefined
after(async () => {
  if (copy) await dropDatabase(await copy)
})

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
  options: Omit<RepoOptions, 'url' | 'pool'> = {},
): Promise<TestDatabase | undefined> {
  const template = testDatabaseUrl()
  if (template === undefined) {
    t.skip(NO_DATABASE)
    return undefined
  }
  const url = await cloneDatabase(template)
  const repo = createRepo({ ...options, url })
  // What a hook registers comes after every other hook: a server of the test's closes before its database goes.
  t.after(() => {
    t.after(async () => {
      await repo.close()
      await dropDatabase(url)
    })
  })
  return { url, repo }
}

export interface Sandbox {
  readonly repo: Repo
  /** Waits for what is under way, and rolls everything back. */
  close(): Promise<void>
}

/** Opens a sandbox on any database, for a helper of your own. */
export async function openSandbox(
  url: string,
  options: Omit<RepoOptions, 'url' | 'pool'> = {},
): Promise<Sandbox> {
  const client = new Client({
    connectionString: url,
    application_name: options.applicationName ?? 'sandbox',
    // Two tests that insert one unique value wait for each other: better one fails than both hang.
    options: `${SESSION} -c lock_timeout=10s`,
    pipeline: true,
  })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('begin')
  const database = new OneConnection({
    run: (statement, values) => send(client, statement, values),
  })
  return {
    repo: repoOn(database, options),
    async close() {
      await database.close()
      await client.query('rollback').catch(() => undefined)
      await client.end()
    },
  }
}

/**
 * One connection as a whole database. A transaction is a savepoint, and so is each statement outside
 * one: what the database refuses does not spoil the test. Everything else waits while one is open.
 */
class OneConnection implements Database {
  readonly #connection: Connection
  readonly #turn = oneAtATime()
  #closed = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  run(...call: Parameters<Connection['run']>): ReturnType<Connection['run']> {
    return this.#inTurn(() => runGuarded(this.#connection, ...call))
  }

  alone<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#inTurn(() =>
      work({ run: (statement, values) => this.#connection.run(asSavepoint(statement), values) }),
    )
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#turn(async () => undefined)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) {
      return Promise.reject(
        new Error('the test that this repo belongs to is over. Await everything before it ends.'),
      )
    }
    return this.#turn(work)
  }
}

const SAVEPOINTS: ReadonlyMap<string, Statement> = new Map([
  ['begin', plainStatement('savepoint transaction')],
  ['commit', plainStatement('release savepoint transaction')],
  ['rollback', plainStatement('rollback to savepoint transaction')],
])

function asSavepoint(statement: Statement): Statement {
  return SAVEPOINTS.get(statement.text) ?? statement
}
