import { type WebhookEvent } from './webhook-event.ts'

/** About a plan, from which nothing follows: nobody becomes a member by a test, and nobody is invited. */
const NAME = 'subscription_plan.updated'

/** The body of an event that tries the whole way, as Memberful would send it, but for the mark on it. */
export function testEvent(by: string, asOf: Date): Buffer {
  const at = asOf.toISOString()
  // No two are alike: the same body would be the same event.
  const nonce = crypto.randomUUID()
  const plan = { id: 0, name: 'A plan that there is not', slug: '0-test', for_sale: false }
  return Buffer.from(JSON.stringify({ event: NAME, subscription: plan, test: { by, at, nonce } }))
}

/** Who sent it as a test from here; null for any other. */
export function testedBy({ payload }: Pick<WebhookEvent, 'payload'>): string | null {
  const { test } = payload
  const by: unknown = typeof test === 'object' && test !== null ? Reflect.get(test, 'by') : null
  return typeof by === 'string' ? by : null
}
