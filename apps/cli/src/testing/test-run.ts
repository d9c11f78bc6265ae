import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Env } from '../env.ts'
import { tell } from '../output.ts'
import { beforeEnd } from '../processes/lifetime.ts'
import { openTestDatabase } from './test-database.ts'

/** What one run has for itself; any number of them go on beside each other. */
export interface TestRun {
  /** A migrated, empty database. */
  readonly databaseUrl: string
  readonly folder: string
  /** Aborted when the run is to end early. */
  readonly signal: AbortSignal
}

/** Does `work` with a database and a folder that are gone afterwards, however it ends. */
export async function withTestRun<T>(env: Env, work: (run: TestRun) => Promise<T>): Promise<T> {
  const name = `${process.pid}-${randomInt(1_000_000)}`
  const folder = join(env.DATA_DIR, 'test', name)
  const interruption = new AbortController()
  const database = await openTestDatabase(env, name, tell)
  const close = async () => {
    interruption.abort()
    await database.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const forget = beforeEnd(close)
  try {
    return await work({ databaseUrl: database.url, folder, signal: interruption.signal })
  } finally {
    forget()
    await close()
  }
}
