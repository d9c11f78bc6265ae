import { defineChannel } from '@showrunner/channels'
import { z } from 'zod'

/** Who has the page open on which something is edited: `editing:topic:<id>`, `editing:episode:<podcast>:<id>`. */
export const EditingChannel = defineChannel({
  topic: 'editing:*',
  presence: z.object({ name: z.string() }),
})

export function editingEpisode({ podcastId, id }: { podcastId: number; id: number }): string {
  return `editing:episode:${podcastId}:${id}`
}

export const EDITED = ['podcast', 'person', 'post', 'topic', 'sponsor'] as const

export function editing(kind: (typeof EDITED)[number], id: number): string {
  return `editing:${kind}:${id}`
}
