import { randomInt } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CommandError } from '../errors.ts'
import { isAlive } from '../processes/is-alive.ts'
import { ensureCluster } from './cluster.ts'
import { localUrl } from './connection.ts'
import { isFree } from './ports.ts'
import { findPostmaster } from './postmaster.ts'
import { findQuarters } from './quarters.ts'
import { startServer } from './server.ts'

/** A PostgreSQL for tests, gone without a trace when closed. */
export interface Throwaway {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Nothing here has to survive a power cut. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
}
const ATTEMPTS = 20

/** @param run What to call this run: `<process id>-<anything>`. Its files are in `test/<run>` of the data folder. */
export async function openThrowaway(
  dataDir: string,
  run: string,
  report: (line: string) => void,
): Promise<Throwaway> {
  const quarters = findQuarters(dataDir, `test/${run}`, report)
  forgetDeadRuns(dirname(quarters.folder))
  const remove = () => rmSync(quarters.folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const cluster = await ensureCluster(quarters)
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const port = randomInt(20_000, 32_000)
      if (!(await isFree(port, '127.0.0.1'))) continue
      const server = await startServer(quarters, cluster, port, SETTINGS)
      if (typeof server === 'string') continue
      const close = () => server.stop().finally(remove)
      return { url: localUrl(cluster.password, port, 'postgres'), close }
    }
  } catch (error) {
    remove()
    throw error
  }
  remove()
  throw new CommandError(
    `No free port was found for the tests' PostgreSQL in ${ATTEMPTS} attempts.`,
  )
}

/** What runs that were killed have left; their servers ended with them, or are about to. */
function forgetDeadRuns(folder: string): void {
  for (const name of readdirSync(folder)) {
    const run = join(folder, name)
    const isOver = !isAlive(Number.parseInt(name, 10))
    if (isOver && !findPostmaster(join(run, 'cluster/data'))) {
      rmSync(run, { recursive: true, force: true })
    }
  }
}
