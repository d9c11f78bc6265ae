import { Client, type ClientBase, type Pool } from 'pg'

import { MigrationError } from './errors.ts'
import { type Migration, readMigrations } from './files.ts'
import { checkHistory, createHistory, type History, readHistory } from './history.ts'
import { runScript } from './run-script.ts'

export interface MigratorOptions {
  /** Of the database, unless there is a pool. */
  readonly url?: string
  readonly pool?: Pool
  /** Where the files are: `001_people.up.sql`, `001_people.down.sql` and so on. */
  readonly directory: string
  /** Told of each migration as soon as it is done. */
  readonly onStep?: (step: MigrationStep) => void
}

export interface MigrationStep {
  readonly name: string
  readonly direction: 'up' | 'down'
  readonly milliseconds: number
}

export interface MigrationStatus {
  readonly name: string
  /** Absent when it has yet to run. */
  readonly appliedAt: Date | undefined
}

/** Any fixed number: every node asks for the same lock. */
const LOCK = 7_402_915_360

/**
 * Runs what has not run yet, oldest first, each in its own transaction. Several nodes may start at
 * once: one migrates, the others wait and then find nothing to do.
 *
 * @throws MigrationError naming the file and the line, when one fails: it leaves the database as it
 *   was. Or when the files no longer fit what ran.
 */
export async function migrate(options: MigratorOptions): Promise<MigrationStep[]> {
  return locked(options, async (client, migrations, history) => {
    const steps: MigrationStep[] = []
    for (const { name, up, checksum } of migrations.filter((each) => !history.has(each.name))) {
      const step = await timed(name, 'up', () =>
        runScript(client, up, {
          text: 'insert into schema_migrations (name, checksum) values ($1, $2)',
          values: [name, checksum],
        }),
      )
      options.onStep?.(step)
      steps.push(step)
    }
    return steps
  })
}

/** Undoes the last migration that ran, and says which; undefined when there is none. */
export async function rollback(options: MigratorOptions): Promise<MigrationStep | undefined> {
  return locked(options, async (client, migrations, history) => {
    const last = migrations.findLast((each) => history.has(each.name))
    if (!last) return undefined
    const { name, down } = last
    if (!down) {
      throw new MigrationError(
        `${name} cannot be undone: there is no ${name}.down.sql in ${options.directory}.`,
      )
    }
    const step = await timed(name, 'down', () =>
      runScript(client, down, {
        text: 'delete from schema_migrations where name = $1',
        values: [name],
      }),
    )
    options.onStep?.(step)
    return step
  })
}

/** Every migration, oldest first, and when it ran. Changes nothing. */
export async function status(options: MigratorOptions): Promise<MigrationStatus[]> {
  const migrations = await readMigrations(options.directory)
  const history = await connected(options, readHistory)
  checkHistory(migrations, history, options.directory)
  return migrations.map(({ name }) => ({ name, appliedAt: history.get(name)?.appliedAt }))
}

async function locked<T>(
  options: MigratorOptions,
  work: (client: ClientBase, migrations: readonly Migration[], history: History) => Promise<T>,
): Promise<T> {
  const migrations = await readMigrations(options.directory)
  return connected(options, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    try {
      await createHistory(client)
      const history = await readHistory(client)
      checkHistory(migrations, history, options.directory)
      return await work(client, migrations, history)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK])
    }
  })
}

async function connected<T>(
  { url, pool }: MigratorOptions,
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  if (pool) {
    const client = await pool.connect()
    try {
      return await work(client)
    } finally {
      client.release()
    }
  }
  const client = new Client({
    ...(url === undefined ? {} : { connectionString: url }),
    application_name: 'migrate',
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function timed(
  name: string,
  direction: 'up' | 'down',
  work: () => Promise<void>,
): Promise<MigrationStep> {
  const start = performance.now()
  await work()
  return { name, direction, milliseconds: performance.now() - start }
}
