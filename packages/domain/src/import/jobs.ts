import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { type ImportParts, runImport, runLook } from './run-imports.ts'

const args = z.object({ importId: z.number() })

// Once: who asked sees what went wrong, and says whether to try again.
export const lookAtFeed = defineJob({
  name: 'look_at_feed',
  args,
  maxAttempts: 1,
  perform: (parts: ImportParts, { importId }) => runLook(parts, importId),
})

export const importPodcastJob = defineJob({
  name: 'import_podcast',
  args,
  maxAttempts: 1,
  perform: (parts: ImportParts, { importId }) => runImport(parts, importId),
})

export const IMPORT_JOBS = [lookAtFeed, importPodcastJob]
