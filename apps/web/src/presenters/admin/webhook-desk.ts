import { type Paged } from '@showrunner/domain/lists'
import { type Podcast } from '@showrunner/domain/podcasts'
import {
  DELIVERY_STATES,
  MOST_TRIES,
  type TriedDelivery,
  type WebhookAttempt,
  type WebhookEndpoint,
} from '@showrunner/domain/webhooks'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { moment, type Moment } from '../dates.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Tab, type Tone } from './list-page.ts'
import { deliveryBadge, eventWords } from './webhooks.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

/** One webhook: what it is told of, and what became of each delivery. */
export interface WebhookDesk extends AdminPage {
  readonly facts: readonly { readonly label: string; readonly words: string }[]
  /** Shown once. */
  readonly secret: string | null
  /** Until when the secret before this one signs too. */
  readonly bothSignUntil: Moment | null
  readonly editHref: string
  readonly testAction: string
  readonly secretAction: string
  readonly tabs: readonly Tab[]
  readonly deliveries: readonly DeliveryLine[]
  /** Of all that failed, where those are shown and the webhook is on. */
  readonly redeliverAll: { readonly action: string; readonly label: string } | null
  readonly empty: string
  readonly previousHref: string | null
  readonly nextHref: string | null
}

interface DeliveryLine {
  readonly event: string
  readonly what: string
  readonly badge: { readonly words: string; readonly tone: Tone }
  readonly at: Moment
  readonly next: Moment | null
  readonly tries: string
  readonly payload: string
  readonly redeliver: string
  readonly attempts: readonly AttemptLine[]
}

interface AttemptLine {
  readonly at: Moment
  readonly words: string
  readonly answer: string | null
}

interface Shown {
  readonly endpoint: WebhookEndpoint & { readonly podcast?: Podcast | null | undefined }
  readonly secret: string | null
  readonly asked: ListQuery
  readonly found: Paged<TriedDelivery>
}

const STATE_WORDS = { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed' } as const

export function webhookDesk(
  frame: AdminFrame,
  { endpoint, secret, asked, found }: Shown,
): WebhookDesk {
  const { id, url, podcast, events, previousSecretUntil } = endpoint
  const address = admin.webhook(id)
  const state = asked.chosen['state']
  const tab = (label: string, value?: string): Tab => {
    const href = asked.href(address, { state: value, page: 1 })
    return { label, href, count: null, isHere: state === value }
  }
  return {
    frame,
    facts: [
      { label: 'Address', words: url },
      { label: 'Of', words: podcast?.title ?? 'All podcasts, and members' },
      { label: 'Told of', words: events.map(eventWords).join(' · ') },
      { label: 'State', words: stateWords(endpoint) },
    ],
    secret,
    bothSignUntil: previousSecretUntil && moment(previousSecretUntil, en),
    editHref: admin.editWebhook(id),
    testAction: admin.testWebhook(id),
    secretAction: admin.renewWebhookSecret(id),
    tabs: [tab('All'), ...DELIVERY_STATES.map((one) => tab(STATE_WORDS[one], one))],
    deliveries: found.rows.map((delivery) => lineOf(id, delivery)),
    redeliverAll:
      state === 'failed' && found.total > 1 && endpoint.enabled
        ? { action: admin.redeliverFailed(id), label: `Send all ${found.total} again` }
        : null,
    empty: state === undefined ? 'It was told nothing yet.' : 'Nothing of that kind.',
    previousHref: asked.page > 1 ? asked.href(address, { page: asked.page - 1 }) : null,
    nextHref:
      asked.page * found.perPage < found.total
        ? asked.href(address, { page: asked.page + 1 })
        : null,
  }
}

function stateWords({ enabled, failingSince, stoppedAt }: WebhookEndpoint): string {
  const since = failingSince && moment(failingSince, en).full
  if (stoppedAt !== null)
    return `Switched off by itself, ${moment(stoppedAt, en).full}: nothing had got through since ${since ?? 'then'}. Nothing is told until you switch it on again.`
  if (!enabled) return 'Off: nothing is told'
  return since === null ? 'On' : `On, but nothing has got through since ${since}`
}

function lineOf(endpointId: number, delivery: TriedDelivery): DeliveryLine {
  const { id, event, happenedAt, nextTryAt, payload, attempts, triesLeft } = delivery
  return {
    event,
    what: payload.episode?.title ?? payload.person?.name ?? eventWords(event),
    badge: deliveryBadge(delivery),
    at: moment(happenedAt, en),
    next: nextTryAt && moment(nextTryAt, en),
    tries: `${MOST_TRIES - triesLeft} of ${MOST_TRIES}`,
    payload: JSON.stringify(payload, null, 2),
    redeliver: admin.redeliver(endpointId, id),
    attempts: attempts.map(attemptLine),
  }
}

function attemptLine({ at, status, error, durationMs, answer }: WebhookAttempt): AttemptLine {
  const seconds = `${(durationMs / 1000).toLocaleString('en', { maximumFractionDigits: 2 })} s`
  const words = status === null ? (error ?? 'No answer') : `Answered ${status}`
  return { at: moment(at, en), words: `${words}, after ${seconds}`, answer }
}
