import { type Repo } from '@showrunner/data'
import { defineJob, enqueue, type Job } from '@showrunner/jobs'
import { z } from 'zod'
import { type MovedFile, type MovedKind } from './moved-file.ts'
import { type MovingParts } from './parts.ts'
import { takeFile } from './take-file.ts'

const args = z.object({ fileId: z.number() })

export const bringFile: Job<MovingParts, z.output<typeof args>> = defineJob({
  name: 'bring_file',
  args,
  perform: async (parts: MovingParts, { fileId }) => {
    const later = await takeFile(parts, fileId)
    if (later) await bringLater(parts.repo, later.file, later.at)
  },
})

/** One file at a time: a large one takes long, and mails and feeds are not to wait for it. */
const QUEUE = 'moving'

/** Pictures are small, and every page asks for them: they go before recordings. */
const PRIORITIES: Readonly<Record<MovedKind, number>> = { picture: 5, audio: 10 }

export async function bringLater(
  repo: Repo,
  { id, kind }: Pick<MovedFile, 'id' | 'kind'>,
  at?: Date,
): Promise<void> {
  const options = { key: keyOfFile(id), queue: QUEUE, priority: PRIORITIES[kind] }
  await enqueue(repo, bringFile, { fileId: id }, { ...options, ...(at && { at }) })
}

/** Of the jobs of a file one waits. */
export function keyOfFile(fileId: number): string {
  return `moved_file:${fileId}`
}
