import { change, from, type Repo } from '@showrunner/data'
import { FetchError, postDocument, type PostOptions } from '@showrunner/feeds'
import { noteHealth } from './health.ts'
import { deliverLater } from './jobs.ts'
import { SIGNATURE_HEADER, signatureOf } from './signature.ts'
import { WebhookAttempt } from './webhook-attempt.ts'
import { MOST_TRIES, WebhookDelivery, type WebhookPayload } from './webhook-delivery.ts'
import { WebhookEndpoint } from './webhook-endpoint.ts'

export interface WebhookParts {
  readonly repo: Repo
  readonly clock: () => Date
  /** The address of an episode's page, in full. */
  readonly episodeAddress: (podcast: string, episode: string) => string
  /** Whether addresses of this machine and its network are told: where the site itself is on this machine only. */
  readonly tellsPrivate?: boolean
}

/** How long an endpoint may take; twice that later whoever was sending it has died. */
const PATIENCE_MS = 10_000
const CLAIM_MS = 3 * PATIENCE_MS

/** The first try again is so much later, and each after it three times as much: in all it takes about a day. */
const FIRST_PAUSE_MS = 10_000

const LONGEST_ANSWER = 2000

/** Sends one, if it waits for that, and notes what came of it; not the same by two at once, and never after success. */
export async function deliver(parts: WebhookParts, id: number): Promise<void> {
  const { repo, clock } = parts
  const startedAt = clock()
  const delivery = await claim(repo, id, startedAt)
  if (!delivery) {
    const other = await repo.get(WebhookDelivery, id)
    if (other?.state === 'waiting' && other.claimedUntil)
      await deliverLater(repo, other, other.claimedUntil.getTime() - startedAt.getTime() + 1000)
    return
  }
  const endpoint = await repo.getOrThrow(WebhookEndpoint, delivery.endpointId)
  const came = await attempt(parts, endpoint, delivery, startedAt)
  await repo.transaction(async () => {
    await repo.insertAll(WebhookAttempt, [{ deliveryId: id, at: startedAt, ...came }])
    const now = clock()
    const after = await afterwards(repo, delivery, came, now)
    await repo.updateOrThrow(change(delivery, after))
    if (endpoint.enabled) await noteHealth(repo, endpoint, after, now)
  })
}

async function claim(repo: Repo, id: number, asOf: Date): Promise<WebhookDelivery | undefined> {
  const free = from(WebhookDelivery)
    .where({ id, state: 'waiting' })
    .where((eb) => eb.or([eb('claimedUntil', 'is', null), eb('claimedUntil', '<=', asOf)]))
  const claimedUntil = new Date(asOf.getTime() + CLAIM_MS)
  const [delivery] = await repo.updateAll(free, { claimedUntil }, { returning: true })
  return delivery
}

type Came = Pick<WebhookAttempt, 'durationMs' | 'status' | 'error' | 'answer'>

async function attempt(
  { episodeAddress, tellsPrivate = false }: WebhookParts,
  { url, enabled, ...endpoint }: WebhookEndpoint,
  delivery: WebhookDelivery,
  asOf: Date,
): Promise<Came> {
  const nothing = { status: null, answer: null }
  if (!enabled && delivery.event !== 'ping')
    return { ...nothing, durationMs: 0, error: 'It was switched off, so nothing was sent.' }
  const body = bodyOf(delivery, episodeAddress)
  const options: PostOptions = {
    headers: headersOf(delivery, signatureOf(secretsOf(endpoint, asOf), body, asOf)),
    allowPrivate: tellsPrivate,
    timeoutMs: PATIENCE_MS,
  }
  const began = performance.now()
  const durationMs = () => Math.round(performance.now() - began)
  try {
    const { status, answer } = await postDocument(url, Buffer.from(body), options)
    return { status, answer: excerpt(answer), durationMs: durationMs(), error: null }
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    return { ...nothing, durationMs: durationMs(), error: error.message }
  }
}

/** What becomes of it: done, tried again later, or given up. */
async function afterwards(
  repo: Repo,
  delivery: WebhookDelivery,
  { status }: Came,
  asOf: Date,
): Promise<Pick<WebhookDelivery, 'state'> & Partial<WebhookDelivery>> {
  const triesLeft = delivery.triesLeft - 1
  if (status !== null && status >= 200 && status < 300) {
    const done = { state: 'delivered', deliveredAt: asOf } as const
    return { ...done, triesLeft, nextTryAt: null, claimedUntil: null }
  }
  if (triesLeft <= 0) return { state: 'failed', triesLeft: 0, nextTryAt: null, claimedUntil: null }
  const pauseMs = FIRST_PAUSE_MS * 3 ** (MOST_TRIES - delivery.triesLeft)
  await deliverLater(repo, delivery, pauseMs)
  return {
    state: 'waiting',
    triesLeft,
    nextTryAt: new Date(asOf.getTime() + pauseMs),
    claimedUntil: null,
  }
}

function secretsOf(
  { secret, previousSecret, previousSecretUntil }: Omit<WebhookEndpoint, 'url' | 'enabled'>,
  asOf: Date,
): readonly string[] {
  const isKnown = previousSecret !== null && previousSecretUntil !== null
  return isKnown && previousSecretUntil > asOf ? [secret, previousSecret] : [secret]
}

/** The same whenever it is tried, so that whoever gets it twice can tell. */
export function bodyOf(
  { event, eventId, happenedAt, payload }: WebhookDelivery,
  episodeAddress: WebhookParts['episodeAddress'],
): string {
  const data = withAddress(payload, episodeAddress)
  return JSON.stringify({ id: eventId, event, happenedAt: happenedAt.toISOString(), data })
}

function withAddress(payload: WebhookPayload, episodeAddress: WebhookParts['episodeAddress']) {
  const { podcast, episode } = payload
  if (!podcast || !episode) return payload
  const url = episodeAddress(podcast.slug, episode.slug)
  const { audioUrl } = episode
  // A file of ours is known by its path.
  const whole = typeof audioUrl === 'string' ? new URL(audioUrl, url).href : null
  return { ...payload, episode: { ...episode, url, audioUrl: whole } }
}

function headersOf({ id, event, eventId }: WebhookDelivery, signature: string) {
  return {
    'content-type': 'application/json',
    'user-agent': 'Showrunner/0.1 (webhooks)',
    'x-showrunner-event': event,
    'x-showrunner-event-id': eventId,
    'x-showrunner-delivery': String(id),
    [SIGNATURE_HEADER]: signature,
  }
}

/** As text that a database takes. */
function excerpt(answer: Uint8Array): string | null {
  const text = Buffer.from(answer).toString('utf8').replaceAll('\0', '')
  return text === '' ? null : text.slice(0, LONGEST_ANSWER).toWellFormed()
}
