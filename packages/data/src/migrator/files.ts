import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { MigrationError } from './errors.ts'

/** One migration as it lies in the directory: `001_people.up.sql` and `001_people.down.sql`. */
export interface Migration {
  /** `001_people`. Migrations run in the order of their names. */
  readonly name: string
  readonly up: Script
  /** Absent when nobody wrote the way back. */
  readonly down: Script | undefined
  /** Tells whether the way up was edited after it ran. */
  readonly checksum: string
}

export interface Script {
  readonly file: string
  readonly sql: string
}

const FILE = /^(?<name>\d+_[a-z0-9_]+)\.(?<direction>up|down)\.sql$/

/** @throws MigrationError for a file that is not named like one, a lonely down, or a number used twice. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort()
  for (const file of files) {
    if (FILE.test(file)) continue
    throw new MigrationError(
      `${join(directory, file)} is not named like a migration. Expected a number and words in lower case: ` +
        `001_create_people.up.sql, and 001_create_people.down.sql for the way back.`,
    )
  }
  const names = [...new Set(files.map((file) => FILE.exec(file)?.groups?.['name'] ?? ''))].sort()
  refuseSharedNumbers(directory, names)
  return Promise.all(names.map((name) => readMigration(directory, name, files)))
}

function refuseSharedNumbers(directory: string, names: readonly string[]): void {
  const byNumber = Map.groupBy(names, (name) => Number.parseInt(name, 10))
  for (const [number, sharing] of byNumber) {
    if (sharing.length === 1) continue
    throw new MigrationError(
      `${directory} has ${sharing.length} migrations with the number ${number}: ${sharing.join(', ')}. Renumber the newer one.`,
    )
  }
}

async function readMigration(
  directory: string,
  name: string,
  files: readonly string[],
): Promise<Migration> {
  const script = async (direction: 'up' | 'down'): Promise<Script | undefined> => {
    const file = `${name}.${direction}.sql`
    if (!files.includes(file)) return undefined
    return { file: join(directory, file), sql: await readFile(join(directory, file), 'utf8') }
  }
  const [up, down] = await Promise.all([script('up'), script('down')])
  if (!up)
    throw new MigrationError(`${join(directory, name)}.down.sql has no ${name}.up.sql beside it.`)
  return { name, up, down, checksum: createHash('sha256').update(up.sql).digest('hex') }
}
