import { createRepo } from '@showrunner/data'
import { startJobs } from '@showrunner/jobs'
import { diskStorage } from '@showrunner/storage'
import { temporaryStaging } from '../../testing/index.ts'
import { bringFile } from '../index.ts'

/** What such a program is told when it starts. */
export interface Told {
  readonly databaseUrl: string
  /** Where it stores files. */
  readonly directory: string
}

process.once('message', (told: Told) => void work(told))
process.once('disconnect', () => process.exit())

/** Brings files in a process of its own, so that a test can kill it. */
async function work({ databaseUrl, directory }: Told): Promise<void> {
  const repo = createRepo({ url: databaseUrl }).unscoped()
  const parts = {
    repo,
    clock: () => new Date(),
    storage: diskStorage({ directory }),
    staging: temporaryStaging(),
    reachesPrivate: true,
  }
  await startJobs({ databaseUrl, jobs: [bringFile], parts })
}
