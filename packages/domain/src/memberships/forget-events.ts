import { from, type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { WebhookEvent } from './webhook-event.ts'

const DAY_MS = 24 * 60 * 60_000
/** After so many days only that an event came, about whom, and what came of it, is known. */
export const BODY_DAYS = 90
/** After so many nothing is. Until then the same body is still known for the same event. */
export const EVENT_DAYS = 400

/** Forgets what was sent to us long ago, but what still waits to be applied. */
export const forgetEvents = defineJob({
  name: 'forget_webhook_events',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    const asOf = clock()
    const before = (days: number) => new Date(asOf.getTime() - days * DAY_MS)
    const events = from(WebhookEvent)
    await repo.deleteAll(
      events.where('state', '!=', 'received').where('receivedAt', '<', before(EVENT_DAYS)),
    )
    const done = events
      .where('state', 'in', ['applied', 'ignored'])
      .where('forgottenAt', 'is', null)
    await repo.updateAll(done.where('receivedAt', '<', before(BODY_DAYS)), {
      payload: {},
      forgottenAt: asOf,
    })
  },
})
