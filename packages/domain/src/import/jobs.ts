import { defineJob, enqueue, type Job } from '@showrunner/jobs'
import { z } from 'zod'
import { type ImportParts, runImport, runLook } from './run-imports.ts'

const args = z.object({ importId: z.number() })

// Once: who asked sees what went wrong, and says whether to try again.
export const lookAtFeed = defineJob({
  name: 'look_at_feed',
  args,
  maxAttempts: 1,
  perform: async (parts: ImportParts, { importId }): Promise<void> => {
    if ((await runLook(parts, importId)) === 'busy') await later(parts, lookAtFeed, importId)
  },
})

export const importPodcastJob = defineJob({
  name: 'import_podcast',
  args,
  maxAttempts: 1,
  perform: async (parts: ImportParts, { importId }): Promise<void> => {
    if ((await runImport(parts, importId)) === 'busy')
      await later(parts, importPodcastJob, importId)
  },
})

const LATER_MS = 2000

/** Imports go one after the other, and one that waits for its turn keeps no mail from going out. */
async function later(
  { repo }: ImportParts,
  job: Job<ImportParts, z.output<typeof args>>,
  importId: number,
): Promise<void> {
  await enqueue(repo, job, { importId }, { key: keyOf(importId), delayMs: LATER_MS })
}

/** Of the jobs of an import one waits. */
export function keyOf(importId: number): string {
  return `import:${importId}`
}

export const IMPORT_JOBS = [lookAtFeed, importPodcastJob]
