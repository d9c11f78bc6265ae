import { type ClientBase } from 'pg'

import { MigrationError } from './errors.ts'
import { type Migration } from './files.ts'

/** By name, what has run in a database. */
export type History = ReadonlyMap<string, { readonly checksum: string; readonly appliedAt: Date }>

export async function createHistory(client: ClientBase): Promise<void> {
  await client.query(`create table if not exists schema_migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
}

/** What has run so far: nothing, in a database that was never migrated. */
export async function readHistory(client: ClientBase): Promise<History> {
  const { rows: tables } = await client.query<{ found: boolean }>(
    `select to_regclass('schema_migrations') is not null as found`,
  )
  if (!tables[0]?.found) return new Map()
  const { rows } = await client.query<{ name: string; checksum: string; applied_at: Date }>(
    'select name, checksum, applied_at from schema_migrations order by name',
  )
  return new Map(
    rows.map(({ name, checksum, applied_at: appliedAt }) => [name, { checksum, appliedAt }]),
  )
}

/** @throws MigrationError when the files are not what ran, with more after it. */
export function checkHistory(
  migrations: readonly Migration[],
  history: History,
  directory: string,
): void {
  const names = migrations.map(({ name }) => name)
  const gone = [...history.keys()].filter((name) => !names.includes(name))
  if (gone.length > 0) {
    throw new MigrationError(
      `the database has migrations that ${directory} has not: ${gone.join(', ')}. ` +
        `It was migrated by a newer version of the program: run that one, or restore the files and roll back.`,
    )
  }
  const last = names.findLast((name) => history.has(name)) ?? ''
  const late = names.filter((name) => name < last && !history.has(name))
  if (late.length > 0) {
    throw new MigrationError(
      `${late.join(', ')} would run after ${last}, which is newer and has run already. Give it a higher number.`,
    )
  }
  const edited = migrations.find(
    ({ name, checksum }) => history.has(name) && history.get(name)?.checksum !== checksum,
  )
  if (edited) {
    throw new MigrationError(
      `${edited.up.file} was changed after it ran. Change it back, and put what is new into a new migration.`,
    )
  }
}
