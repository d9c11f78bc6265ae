import {
  build,
  change,
  type Changeset,
  from,
  type Loaded,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { type Paged, paged } from '../lists/index.ts'
import { inOrder, Podcast } from '../podcasts/index.ts'
import { deliverLater } from './jobs.ts'
import { tellEndpoints } from './tell-webhooks.ts'
import {
  type DeliveryState,
  MOST_TRIES,
  type TriedDelivery,
  WebhookDelivery,
} from './webhook-delivery.ts'
import { newSecret, WebhookEndpoint, webhookEndpointChangeset } from './webhook-endpoint.ts'

export type ListedEndpoint = Loaded<typeof WebhookEndpoint, ['podcast']> & {
  /** What became of what it was told last. */
  readonly last: WebhookDelivery | undefined
}

export async function listWebhooks(repo: Repo): Promise<readonly ListedEndpoint[]> {
  const endpoints = await repo.all(
    from(WebhookEndpoint).orderBy({ url: 'asc', id: 'asc' }).preload('podcast'),
  )
  const lastOf = (endpointId: number) =>
    repo.one(from(WebhookDelivery).where({ endpointId }).orderBy({ id: 'desc' }).limit(1))
  return Promise.all(
    endpoints.map(async (endpoint) => ({ ...endpoint, last: await lastOf(endpoint.id) })),
  )
}

/** Those that were switched off because nothing got through. */
export async function listStopped(repo: Repo): Promise<readonly WebhookEndpoint[]> {
  return repo.all(
    from(WebhookEndpoint)
      .where('stoppedAt', 'is not', null)
      .where({ enabled: false })
      .orderBy({ stoppedAt: 'desc', id: 'desc' }),
  )
}

/** Every podcast, drafts too: what one can be of. */
export async function listTellable(repo: Repo): Promise<readonly Podcast[]> {
  return repo.all(from(Podcast).pipe(inOrder))
}

/** @throws NotFoundError */
export async function getWebhook(
  repo: Repo,
  id: number,
): Promise<Loaded<typeof WebhookEndpoint, ['podcast']>> {
  return repo.getOrThrow(from(WebhookEndpoint).preload('podcast'), id)
}

/** What a form begins with. */
export function editWebhook(
  endpoint: WebhookEndpoint = build(WebhookEndpoint, { secret: '', events: [] }),
): Changeset<typeof WebhookEndpoint> {
  return change(endpoint, {})
}

export async function createWebhook(
  repo: Repo,
  params: Params,
): Promise<Saved<typeof WebhookEndpoint>> {
  const endpoint = build(WebhookEndpoint, { secret: newSecret(), events: [] })
  return repo.insert(webhookEndpointChangeset(endpoint, params))
}

export async function updateWebhook(
  repo: Repo,
  endpoint: WebhookEndpoint,
  params: Params,
): Promise<Saved<typeof WebhookEndpoint>> {
  return repo.update(webhookEndpointChangeset(endpoint, params), AS_OPENED)
}

const BOTH_SIGN_MS = 24 * 60 * 60_000

/** Another secret. For a day the old one signs too. */
export async function renewSecret(
  repo: Repo,
  endpoint: WebhookEndpoint,
  asOf: Date,
): Promise<WebhookEndpoint> {
  const previousSecretUntil = new Date(asOf.getTime() + BOTH_SIGN_MS)
  const before = { previousSecret: endpoint.secret, previousSecretUntil }
  return repo.updateOrThrow(change(endpoint, { secret: newSecret(), ...before }))
}

export async function deleteWebhook(repo: Repo, endpoint: WebhookEndpoint): Promise<void> {
  await repo.deleteOrThrow(endpoint)
}

/** Tells an endpoint that nothing happened, to see whether it hears. */
export async function sendTest(
  repo: Repo,
  endpoint: WebhookEndpoint,
  asOf: Date,
): Promise<readonly WebhookDelivery[]> {
  return repo.transaction(() =>
    tellEndpoints(repo, [endpoint], { event: 'ping', payload: {} }, asOf),
  )
}

/** A page of what an endpoint was told, the last first, each with its attempts. */
export async function listDeliveries(
  repo: Repo,
  { id: endpointId }: Pick<WebhookEndpoint, 'id'>,
  { state, page }: { readonly state?: DeliveryState | undefined; readonly page: number },
): Promise<Paged<TriedDelivery>> {
  const all = from(WebhookDelivery).where({ endpointId })
  const wanted = state === undefined ? all : all.where({ state })
  return paged(repo, wanted.orderBy({ id: 'desc' }).preload('attempts'), page)
}

/** @throws NotFoundError for one of another endpoint. */
export async function getDelivery(
  repo: Repo,
  { id: endpointId }: Pick<WebhookEndpoint, 'id'>,
  id: number,
): Promise<WebhookDelivery> {
  return repo.getByOrThrow(WebhookDelivery, { id, endpointId })
}

/** Sends it again, whatever became of it, with as many tries as at first. */
export async function redeliver(
  repo: Repo,
  delivery: Pick<WebhookDelivery, 'id' | 'endpointId'>,
  asOf: Date,
): Promise<void> {
  await repo.transaction(async () => {
    const anew = { state: 'waiting', triesLeft: MOST_TRIES, nextTryAt: asOf } as const
    await repo.updateAll(from(WebhookDelivery).where({ id: delivery.id }), anew)
    await deliverLater(repo, delivery)
  })
}

/** Sends again all that was given up, the oldest first; says how many. */
export async function redeliverFailed(
  repo: Repo,
  { id: endpointId }: Pick<WebhookEndpoint, 'id'>,
  asOf: Date,
): Promise<number> {
  return repo.transaction(async () => {
    const failed = from(WebhookDelivery).where({ endpointId, state: 'failed' })
    const deliveries = await repo.all(failed.orderBy({ id: 'asc' }).lock('for update'))
    for (const delivery of deliveries) await redeliver(repo, delivery, asOf)
    return deliveries.length
  })
}
