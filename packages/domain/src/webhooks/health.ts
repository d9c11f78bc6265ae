import { from, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { Person } from '../people/index.ts'
import { mailWebhookStopped } from './stopped-mail.ts'
import { type WebhookDelivery } from './webhook-delivery.ts'
import { WebhookEndpoint } from './webhook-endpoint.ts'

/** Nothing gets through for so long, and something is given up: then nobody is there any more. */
const PATIENCE_MS = 3 * 24 * 60 * 60_000

/** Notes whether anything gets through to an endpoint; switches it off when for days nothing has, and mails the administrators. */
export async function noteHealth(
  repo: Repo,
  { id }: Pick<WebhookEndpoint, 'id'>,
  { state }: Pick<WebhookDelivery, 'state'>,
  asOf: Date,
): Promise<void> {
  const endpoint = await repo.getOrThrow(from(WebhookEndpoint).lock('for update'), id)
  const { failingSince, lockVersion, enabled } = endpoint
  if (state === 'delivered') {
    if (failingSince !== null) await note(repo, id, { failingSince: null })
  } else if (failingSince === null) {
    await note(repo, id, { failingSince: asOf })
  } else if (enabled && state === 'failed' && isLongAgo(failingSince, asOf)) {
    // A form that was opened before this must not switch it on again unawares.
    const stopped = { enabled: false, stoppedAt: asOf, lockVersion: lockVersion + 1 }
    await note(repo, id, stopped)
    await tellAdministrators(repo, id)
  }
}

function isLongAgo(since: Date, asOf: Date): boolean {
  return asOf.getTime() - since.getTime() >= PATIENCE_MS
}

async function note(repo: Repo, id: number, values: Partial<WebhookEndpoint>): Promise<void> {
  await repo.updateAll(from(WebhookEndpoint).where({ id }), values)
}

async function tellAdministrators(repo: Repo, endpointId: number): Promise<void> {
  const mailable = from(Person).where({ admin: true }).where('email', 'is not', null)
  for (const { id: personId } of await repo.all(mailable.orderBy({ id: 'asc' })))
    await enqueue(repo, mailWebhookStopped, { endpointId, personId })
}
