import { defineChannel } from '@showrunner/channels'
import { z } from 'zod'

/** What makes the one version of the other. */
const PageChanged = z.object({
  from: z.string(),
  version: z.string(),
  title: z.string().optional(),
  /** Turbo Streams. */
  streams: z.string(),
})
export type PageChanged = z.infer<typeof PageChanged>

/** An open page: `page:` and its key, which stands in the page itself. Who shows it is told when it is another. */
export const PageChannel = defineChannel({
  topic: 'page:*',
  /** Of the page that the browser shows. */
  params: z.object({ version: z.string().max(40) }),
  out: {
    changed: PageChanged,
    /** It cannot be told, or the page is not there any more: it is to be fetched. */
    refresh: z.object({}),
  },
})

export const pageTopic = (key: string): string => `page:${key}`

/** No page of ours has a longer address. */
export const LONGEST_KEY = 300
