import { belongsTo, hasMany, type Loaded, type Row, schema, t, timestamps } from '@showrunner/data'
import { WebhookAttempt } from './webhook-attempt.ts'
import { WebhookEndpoint } from './webhook-endpoint.ts'

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** So often one is tried, over about a day. */
export const MOST_TRIES = 10

/** Something that happened, for one endpoint. */
export const WebhookDelivery = schema(
  'webhook_deliveries',
  {
    id: t.id(),
    endpointId: t.reference(),
    event: t.string(),
    /** The same for every endpoint that is told. */
    eventId: t.string(),
    payload: t.json<WebhookPayload>(),
    happenedAt: t.datetime(),
    state: t.enum(DELIVERY_STATES).default('waiting'),
    triesLeft: t.integer().default(MOST_TRIES),
    nextTryAt: t.datetime().nullable(),
    /** Until when it is being sent by somebody. */
    claimedUntil: t.datetime().nullable(),
    deliveredAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({
    endpoint: belongsTo(WebhookEndpoint),
    attempts: hasMany(WebhookAttempt, {
      foreignKey: 'deliveryId',
      order: { at: 'desc', id: 'desc' },
    }),
  }),
)
export type WebhookDelivery = Row<typeof WebhookDelivery>
export type TriedDelivery = Loaded<typeof WebhookDelivery, ['attempts']>

/** What is told. The addresses of pages are added as it is sent. */
export interface WebhookPayload {
  readonly podcast?: { readonly id: number; readonly slug: string; readonly title: string }
  readonly episode?: {
    readonly id: number
    readonly guid: string
    readonly slug: string
    readonly title: string
    readonly [field: string]: unknown
  }
  readonly person?: { readonly id: number; readonly name: string; readonly email: string | null }
}
