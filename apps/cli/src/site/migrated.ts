import { migrate, MigrationError, type MigrationStep } from '@showrunner/data/migrator'
import { migrateJobs } from '@showrunner/jobs'
import { CommandError } from '../errors.ts'
import { MIGRATIONS } from '../root.ts'

/** Brings a database up to date, the tables of the jobs too; a migration that fails is told without a stack. */
export async function bringUpToDate(
  url: string,
  onStep: (step: MigrationStep) => void = () => undefined,
): Promise<void> {
  await explainingMigrations(() => migrate({ url, directory: MIGRATIONS, onStep }))
  await migrateJobs(url)
}

export async function explainingMigrations<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MigrationError) throw new CommandError(error.message)
    throw error
  }
}
