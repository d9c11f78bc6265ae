import { belongsTo, hasMany, schema, t, type Row } from '@showrunner/data'
import { type JsonObject } from '@showrunner/memberful'
import { Membership } from './membership.ts'
import { WebhookStep } from './webhook-step.ts'

export const WEBHOOK_SOURCES = ['memberful'] as const
export const EVENT_STATES = ['received', 'applied', 'ignored', 'failed'] as const
export type EventState = (typeof EVENT_STATES)[number]

/** Something that was sent to us, and signed. */
export const WebhookEvent = schema(
  'webhook_events',
  {
    id: t.id(),
    source: t.enum(WEBHOOK_SOURCES).default('memberful'),
    name: t.string(),
    /** Whether it is one that is documented. */
    understood: t.boolean(),
    /** SHA-256 of the body as it came: the same body is one event. */
    digest: t.string(),
    /** What it says, without cards, addresses and phone numbers. */
    payload: t.json<JsonObject>(),
    memberfulMemberId: t.bigint().nullable(),
    membershipId: t.reference().nullable(),
    state: t.enum(EVENT_STATES).default('received'),
    /** Why it failed, in words. */
    error: t.string().nullable(),
    deliveries: t.integer().default(1),
    receivedAt: t.datetime(),
    finishedAt: t.datetime().nullable(),
    /** Since when the payload is empty: it is long ago, and cannot be applied again. */
    forgottenAt: t.datetime().nullable(),
  },
  () => ({
    membership: belongsTo(Membership),
    steps: hasMany(WebhookStep, { foreignKey: 'eventId', order: { at: 'asc', id: 'asc' } }),
  }),
)
export type WebhookEvent = Row<typeof WebhookEvent>
