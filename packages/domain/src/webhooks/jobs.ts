import { defineJob } from '@showrunner/jobs'
import { from, type Repo } from '@showrunner/data'
import { z } from 'zod'
import { deliver, type WebhookParts } from './deliver.ts'
import { WebhookDelivery } from './webhook-delivery.ts'

const KEPT_MS = 30 * 24 * 60 * 60_000

/** Tries it once. It is itself that says when it is tried again. */
export const deliverWebhook = defineJob({
  name: 'deliver_webhook',
  args: z.object({ deliveryId: z.number().int() }),
  perform: (parts: WebhookParts, { deliveryId }) => deliver(parts, deliveryId),
})

export const forgetDeliveries = defineJob({
  name: 'forget_webhook_deliveries',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    const before = new Date(clock().getTime() - KEPT_MS)
    const old = from(WebhookDelivery).where('happenedAt', '<', before)
    await repo.deleteAll(old.where('state', 'in', ['delivered', 'failed']))
  },
})

/** Of one delivery one try waits. */
export function deliveryKey(deliveryId: number): string {
  return `deliver_webhook:${deliveryId}`
}

export const WEBHOOK_JOBS = [deliverWebhook, forgetDeliveries] as const
