import { belongsTo, type Row, schema, t } from '@showrunner/data'
import { WebhookDelivery } from './webhook-delivery.ts'

/** What came of sending it once. */
export const WebhookAttempt = schema(
  'webhook_attempts',
  {
    id: t.id(),
    deliveryId: t.reference(),
    at: t.datetime(),
    durationMs: t.integer(),
    status: t.integer().nullable(),
    /** Why nothing was answered. */
    error: t.string().nullable(),
    /** How its answer begins. */
    answer: t.string().nullable(),
  },
  () => ({ delivery: belongsTo(WebhookDelivery) }),
)
export type WebhookAttempt = Row<typeof WebhookAttempt>
