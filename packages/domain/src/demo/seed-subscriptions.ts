import { randomBytes, randomUUID } from 'node:crypto'
import { build, type Repo } from '@showrunner/data'
import { personOfAddresses } from '../accounts/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { subscribe, unsubscribe } from '../subscriptions/index.ts'
import { MOST_TRIES, WebhookAttempt, WebhookDelivery, WebhookEndpoint } from '../webhooks/index.ts'
import { type SubscriptionsFile } from './content.ts'

const DAY_MS = 24 * 60 * 60_000

/** Who has new episodes, or the newsletter, mailed, and a program elsewhere that was told something, and is switched off. Nobody is mailed. */
export async function seedSubscriptions(
  repo: Repo,
  { subscribers, webhook }: SubscriptionsFile,
  asOf: Date,
): Promise<void> {
  const ago = (days: number) => new Date(asOf.getTime() - days * DAY_MS)
  for (const { podcast, name, email, daysAgo, endedDaysAgo } of subscribers) {
    const { id: podcastId } =
      podcast === null ? { id: null } : await repo.getByOrThrow(Podcast, { slug: podcast })
    const { id: personId } = await personOfAddresses(repo, [email], name)
    const context = podcast === null ? ('newsletter' as const) : ('podcast' as const)
    const wanted = { podcastId, episodeId: null, personId, context }
    const subscription = await subscribe(repo, wanted, ago(daysAgo))
    if (endedDaysAgo !== undefined) await unsubscribe(repo, subscription, ago(endedDaysAgo))
  }
  await seedWebhook(repo, webhook, ago(webhook.daysAgo))
}

async function seedWebhook(
  repo: Repo,
  { url, events, tries }: SubscriptionsFile['webhook'],
  at: Date,
): Promise<void> {
  const secret = `whsec_${randomBytes(32).toString('base64url')}`
  const { id: endpointId } = await repo.insertOrThrow(
    build(WebhookEndpoint, { url, events: [...events], secret, enabled: false }),
  )
  const { id: deliveryId } = await repo.insertOrThrow(
    build(WebhookDelivery, {
      endpointId,
      event: 'ping',
      eventId: randomUUID(),
      payload: {},
      happenedAt: at,
      state: 'delivered',
      triesLeft: MOST_TRIES - tries.length,
      deliveredAt: at,
    }),
  )
  await repo.insertAll(
    WebhookAttempt,
    tries.map(({ status, answer }, index) => {
      return {
        deliveryId,
        at: new Date(at.getTime() + index * 10_000),
        durationMs: 180,
        status,
        answer,
      }
    }),
  )
}
