import { createHash } from 'node:crypto'
import { build, inc, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { isEventName, type ReceivedEvent } from '@showrunner/memberful'
import { applyWebhookEvent } from './jobs.ts'
import { askLater } from './refetch-member.ts'
import { WebhookEvent } from './webhook-event.ts'

export interface Received {
  readonly id: number
  /** Whether this very body has come before. */
  readonly isKnown: boolean
}

/** Keeps an event that was verified, and lets it be applied. The same body is one event, however often it comes. */
export async function receiveEvent(
  repo: Repo,
  rawBody: Uint8Array,
  { name, memberId, payload }: ReceivedEvent,
  asOf: Date,
): Promise<Received> {
  return repo.transaction(async () => {
    const digest = createHash('sha256').update(rawBody).digest('hex')
    const event = await repo.insertOrThrow(
      build(WebhookEvent, {
        name,
        understood: isEventName(name),
        digest,
        payload,
        memberfulMemberId: memberId ?? null,
        receivedAt: asOf,
      }),
      { onConflict: { set: { deliveries: inc(1) } }, conflictTarget: ['source', 'digest'] },
    )
    const isKnown = event.deliveries > 1
    if (!isKnown) await enqueue(repo, applyWebhookEvent, { eventId: event.id })
    // Something may have happened twice that Memberful tells in the same words: it can only be asked.
    else if (memberId !== undefined) await askLater(repo, memberId)
    return { id: event.id, isKnown }
  })
}
