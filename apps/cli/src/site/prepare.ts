import { createRepo, type Repo } from '@showrunner/data'
import * as demo from '@showrunner/domain/demo'
import { type Env } from '../env.ts'
import { print } from '../output.ts'
import { type Database, openDatabase } from '../postgres/index.ts'
import { bringUpToDate } from './migrated.ts'
import { signInLink } from './sign-in-link.ts'
import { type Steps } from './steps.ts'
import { storageOf } from './storage.ts'

/** Opens the database of the environment and migrates it. */
export async function openMigrated(env: Env, { step, say }: Steps): Promise<Database> {
  const where = env.DATABASE_URL === undefined ? 'Starting PostgreSQL' : 'Connecting to PostgreSQL'
  const database = await step(where, () => openDatabase(env, say))
  try {
    await step('Migrating', () => bringUpToDate(database.url))
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Runs `work` with a repo on the environment's database, migrated first. */
export async function withRepo<T>(
  env: Env,
  steps: Steps,
  work: (repo: Repo) => Promise<T>,
): Promise<T> {
  const database = await openMigrated(env, steps)
  const repo = createRepo({ url: database.url }).unscoped()
  try {
    return await work(repo)
  } finally {
    await repo.close()
    await database.close()
  }
}

/** Fills an empty database with the demo network, so that the first visit has something to look at. */
export async function fillWhenEmpty(env: Env, databaseUrl: string, { step, say }: Steps) {
  const repo = createRepo({ url: databaseUrl, connections: 1 }).unscoped()
  try {
    const filled = await step('Looking for podcasts', () =>
      demo.seedDemo(repo, { storage: storageOf(env), asOf: new Date() }),
    )
    if (filled) say('There were none: loaded the demo network.')
  } finally {
    await repo.close()
  }
}

export async function printSignInLink(env: Env, databaseUrl: string, publicUrl: string) {
  const repo = createRepo({ url: databaseUrl, connections: 1 }).unscoped()
  try {
    const link = await signInLink(repo, env, publicUrl)
    if (link) print(`Sign in: ${link} (works once, for half an hour)`)
  } finally {
    await repo.close()
  }
}
