import { defineChannel } from '@showrunner/channels'
import { z } from 'zod'

/** A page of the admin area that somebody has open: they are told when it may be another, and ask for it again. */
export const DeskChannel = defineChannel({
  topic: 'desk:*',
  /** What was heard of before the page was made: it stands in the page. Who shows nothing yet is told at once. */
  params: z.object({ seen: z.string().max(60).optional() }),
  out: { stale: z.object({}) },
})

/** What is looked at: `import:42` is one import. */
export type DeskName =
  | 'today'
  | 'inbox'
  | 'comments'
  | 'imports'
  | 'jobs'
  | `inbox-event:${number}`
  | `import:${number}`
  | `files:${number}`
  | `upload:${number}`
  | `audio:${number}:${number}`
  | `live:${number}:${number}`

export const deskTopic = (name: DeskName): string => `desk:${name}`
