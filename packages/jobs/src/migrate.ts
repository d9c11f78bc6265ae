import { Logger, runMigrations } from 'graphile-worker'

/**
 * Makes the tables of the jobs, in the schema `graphile_worker`, or brings them up to date. Any number of processes may
 * do so at once. Whoever enqueues needs them to be there; `startJobs` makes them too.
 */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  const logger = new Logger(() => () => undefined)
  await runMigrations({ connectionString: databaseUrl, logger })
}
