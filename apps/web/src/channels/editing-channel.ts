import { defineChannel } from '@showrunner/channels'
import { z } from 'zod'

/** Who has the page open on which something is edited: `editing:episode:<podcast>:<id>`. */
export const EditingChannel = defineChannel({
  topic: 'editing:*',
  presence: z.object({ name: z.string() }),
})

export function editingEpisode({ podcastId, id }: { podcastId: number; id: number }): string {
  return `editing:episode:${podcastId}:${id}`
}
