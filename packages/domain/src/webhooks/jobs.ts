import { defineJob, enqueue } from '@showrunner/jobs'
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

/** Of one delivery one try waits; and of one endpoint one is tried at a time, so that a silent one keeps nothing else waiting. */
export async function deliverLater(
  repo: Repo,
  { id: deliveryId, endpointId }: Pick<WebhookDelivery, 'id' | 'endpointId'>,
  delayMs = 0,
): Promise<void> {
  await enqueue(
    repo,
    deliverWebhook,
    { deliveryId },
    { delayMs, key: `deliver_webhook:${deliveryId}`, queue: `webhook:${endpointId}` },
  )
}
