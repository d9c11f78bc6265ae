import { askAddress, postDocument, type PostOptions, type Posted } from '@showrunner/feeds'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'

export interface TellOutsideParts {
  /** How Podping is told, where there is a token for it. */
  readonly podping?: { readonly url: string; readonly token: string } | undefined
  /** Whether addresses of this machine and its network are told: where the site itself is on this machine only. */
  readonly tellsPrivate?: boolean
}

const USER_AGENT = 'Showrunner/0.1 (feeds)'
const PATIENCE_MS = 20_000

/** Tells a WebSub hub that a feed has changed; it tells those who subscribed. */
export const tellHub = defineJob({
  name: 'tell_hub',
  args: z.object({ hub: z.url(), topic: z.url() }),
  maxAttempts: 8,
  perform: async ({ tellsPrivate = false }: TellOutsideParts, { hub, topic }) => {
    const form = new URLSearchParams({
      'hub.mode': 'publish',
      'hub.url': topic,
      'hub.topic': topic,
    })
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': USER_AGENT,
    }
    const options = { ...how(tellsPrivate), headers }
    taken(hub, await postDocument(hub, Buffer.from(form.toString()), options))
  },
})

/** Tells Podping, which every podcast app can follow, that a feed has changed, and why. */
export const tellPodping = defineJob({
  name: 'tell_podping',
  args: z.object({
    url: z.url(),
    reason: z.enum(['update', 'live', 'liveEnd']),
    medium: z.string(),
  }),
  maxAttempts: 8,
  perform: async ({ podping, tellsPrivate = false }: TellOutsideParts, { url, reason, medium }) => {
    if (!podping) throw new Error('Podping cannot be told: PODPING_TOKEN is not set.')
    const address = new URL(podping.url)
    for (const [name, value] of Object.entries({ url, reason, medium }))
      address.searchParams.set(name, value)
    const headers = { authorization: podping.token, 'user-agent': USER_AGENT }
    const options = { ...how(tellsPrivate), headers }
    taken(podping.url, await askAddress(address.href, options))
  },
})

function how(allowPrivate: boolean): PostOptions {
  return { allowPrivate, timeoutMs: PATIENCE_MS, maxBytes: 2000 }
}

/** Thrown, so that it is tried again. */
function taken(address: string, { status, answer }: Posted): void {
  if (status >= 200 && status < 300) return
  const words = Buffer.from(answer).toString('utf8').slice(0, 200).toWellFormed()
  throw new Error(`${address} answered ${status}: ${words}`)
}
