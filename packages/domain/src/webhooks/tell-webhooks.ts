import { randomUUID } from 'node:crypto'
import { from, type Repo, sql } from '@showrunner/data'
import { deliverLater } from './jobs.ts'
import { WebhookDelivery, type WebhookPayload } from './webhook-delivery.ts'
import { WebhookEndpoint, type WebhookEvent } from './webhook-endpoint.ts'

interface Happened {
  readonly event: WebhookEvent
  /** Whose endpoints hear of it besides those of all: of what is no podcast's, nobody's. */
  readonly podcastId: number | null
  readonly payload: WebhookPayload
}

/** Lets every endpoint that wants to know be told, if this transaction is committed. */
export async function tellWebhooks(repo: Repo, happened: Happened, asOf: Date): Promise<void> {
  const endpoints = await listening(repo, happened.event, happened.podcastId)
  await tellEndpoints(repo, endpoints, happened, asOf)
}

/** Those that are told of an event. */
export async function listening(
  repo: Repo,
  event: WebhookEvent,
  podcastId: number | null,
): Promise<readonly WebhookEndpoint[]> {
  const wanting = from(WebhookEndpoint)
    .where({ enabled: true })
    .where((eb) => sql<boolean>`${event} = any(${eb.ref('events')})`)
    .where((eb) =>
      podcastId === null
        ? eb('podcastId', 'is', null)
        : eb.or([eb('podcastId', 'is', null), eb('podcastId', '=', podcastId)]),
    )
  return repo.all(wanting.orderBy({ id: 'asc' }))
}

export async function tellEndpoints(
  repo: Repo,
  endpoints: readonly Pick<WebhookEndpoint, 'id'>[],
  { event, payload }: Pick<Happened, 'payload'> & { readonly event: string },
  asOf: Date,
): Promise<readonly WebhookDelivery[]> {
  const eventId = randomUUID()
  const deliveries = await repo.insertAll(
    WebhookDelivery,
    endpoints.map(({ id: endpointId }) => {
      return { endpointId, event, eventId, payload, happenedAt: asOf, nextTryAt: asOf }
    }),
  )
  for (const delivery of deliveries) await deliverLater(repo, delivery)
  return deliveries
}
