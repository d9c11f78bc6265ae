import { Client, type ClientBase, type Pool } from 'pg'

import { MigrationError } from './errors.ts'
import { type Migration, readMigrations, type Script } from './files.ts'

export interface MigratorOptions {
  readonly url?: string
  readonly pool?: Pool
  /** Where the files are: `001_people.up.sql`, `001_people.down.sql` … */
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
 * @throws MigrationError naming the file and the line, when one fails (it leaves the database as it
 *   was), or when the files no longer fit what was applied.
 */
export async function migrate(options: MigratorOptions): Promise<MigrationStep[]> {
  return locked(options, async (client, migrations, applied) => {
    const pending = migrations.filter(({ name }) => !applied.has(name))
    const steps: MigrationStep[] = []
    for (const migration of pending) {
      steps.push(
        await step(client, options, migration.name, migration.up, {
          text: 'insert into schema_migrations (name, checksum) values ($1, $2)',
          values: [migration.name, migration.checksum],
        }),
      )
    }
    return steps
  })
}

/** Undoes the last migration that ran, and says which; undefined when there is none. */
export async function rollback(options: MigratorOptions): Promise<MigrationStep | undefined> {
  return locked(options, async (client, migrations, applied) => {
    const last = migrations.findLast(({ name }) => applied.has(name))
    if (!last) return undefined
    if (!last.down) {
      throw new MigrationError(
        `${last.name} cannot be undone: there is no ${last.name}.down.sql in ${options.directory}.`,
      )
    }
    return step(client, options, last.name, last.down, {
      text: 'delete from schema_migrations where name = $1',
      values: [last.name],
    })
  })
}

/** Every migration, oldest first, and when it ran. Changes nothing. */
export async function status(options: MigratorOptions): Promise<MigrationStatus[]> {
  return connected(options, async (client) => {
    const migrations = await readMigrations(options.directory)
    const applied = await readApplied(client)
    checkHistory(migrations, applied, options.directory)
    return migrations.map(({ name }) => ({ name, appliedAt: applied.get(name)?.appliedAt }))
  })
}

interface Applied {
  readonly checksum: string
  readonly appliedAt: Date
}

type History = ReadonlyMap<string, Applied>

async function locked<T>(
  options: MigratorOptions,
  work: (client: ClientBase, migrations: readonly Migration[], applied: History) => Promise<T>,
): Promise<T> {
  const migrations = await readMigrations(options.directory)
  return connected(options, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    try {
      await client.query(`create table if not exists schema_migrations (
        name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
      const applied = await readApplied(client)
      checkHistory(migrations, applied, options.directory)
      return await work(client, migrations, applied)
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
  const client = new Client({ connectionString: url, application_name: 'showrunner migrate' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function readApplied(client: ClientBase): Promise<History> {
  const { rows: found } = await client.query<{ found: boolean }>(
    `select to_regclass('schema_migrations') is not null as found`,
  )
  if (!found[0]?.found) return new Map()
  const { rows } = await client.query<{ name: string; checksum: string; applied_at: Date }>(
    'select name, checksum, applied_at from schema_migrations order by name',
  )
  return new Map(
    rows.map(({ name, checksum, applied_at: appliedAt }) => [name, { checksum, appliedAt }]),
  )
}

function checkHistory(migrations: readonly Migration[], applied: History, directory: string): void {
  const names = migrations.map(({ name }) => name)
  const gone = [...applied.keys()].filter((name) => !names.includes(name))
  if (gone.length > 0) {
    throw new MigrationError(
      `the database has migrations that ${directory} has not: ${gone.join(', ')}. ` +
        `It was migrated by a newer version of the program: run that one, or restore the files and roll back.`,
    )
  }
  const last = names.findLast((name) => applied.has(name)) ?? ''
  const late = names.filter((name) => name < last && !applied.has(name))
  if (late.length > 0) {
    throw new MigrationError(
      `${late.join(', ')} would run after ${last}, which is newer and has run already. Give it a higher number.`,
    )
  }
  const edited = migrations.find(
    ({ name, checksum }) => applied.has(name) && applied.get(name)?.checksum !== checksum,
  )
  if (edited) {
    throw new MigrationError(
      `${edited.up.file} was changed after it ran. Change it back, and put what is new into a new migration.`,
    )
  }
}

async function step(
  client: ClientBase,
  { onStep }: MigratorOptions,
  name: string,
  script: Script,
  record: { readonly text: string; readonly values: unknown[] },
): Promise<MigrationStep> {
  const start = performance.now()
  await client.query('begin')
  try {
    await client.query(script.sql)
    await client.query(record)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new MigrationError(describeFailure(script, error), { cause: error })
  }
  const done = {
    name,
    direction: record.values.length === 2 ? 'up' : 'down',
    milliseconds: performance.now() - start,
  } as const
  onStep?.(done)
  return done
}

/** `migrations/003_episodes.up.sql:12: column "titel" does not exist`, as editors like to open it. */
function describeFailure({ file, sql }: Script, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const position = error instanceof Error && 'position' in error ? Number(error.position) : 0
  if (!position) return `${file}: ${message}. Nothing of it was applied.`
  // PostgreSQL counts characters, JavaScript counts halves of them.
  const before = Array.from(sql)
    .slice(0, position - 1)
    .join('')
  const line = before.split('\n').length
  const text = sql.split('\n')[line - 1]?.trim() ?? ''
  return `${file}:${line}: ${message}. Nothing of it was applied.\n    ${text}`
}
