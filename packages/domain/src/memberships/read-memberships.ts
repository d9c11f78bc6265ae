import { change, from, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { applyWebhookEvent } from './jobs.ts'
import { Membership } from './membership.ts'
import { WebhookEvent } from './webhook-event.ts'

/** Whether somebody is a member now. */
export async function isMember(repo: Repo, personId: number): Promise<boolean> {
  return repo.exists(from(Membership).where({ personId, status: 'active' }))
}

/** What somebody has at Memberful, what is active first: more than one, if they joined by several addresses. */
export async function listMemberships(
  repo: Repo,
  personId: number,
): Promise<readonly Membership[]> {
  const theirs = from(Membership).where({ personId })
  return repo.all(theirs.orderBy({ status: 'asc', beganAt: 'desc', id: 'asc' }))
}

/** An event with what came of it. @throws NotFoundError */
export async function getEvent(repo: Repo, id: number) {
  return repo.getOrThrow(from(WebhookEvent).preload('steps', 'membership'), id)
}

/** Applies events again: what was applied changes nothing, what failed may succeed by now, what is forgotten is left. Says how many. */
export async function replayEvents(repo: Repo, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  return repo.transaction(async () => {
    const events = await repo.all(
      from(WebhookEvent)
        .where('id', 'in', ids)
        .where('forgottenAt', 'is', null)
        .orderBy({ id: 'asc' })
        .lock('for update'),
    )
    for (const event of events) {
      await repo.updateOrThrow(change(event, { state: 'received', error: null, finishedAt: null }))
      await enqueue(repo, applyWebhookEvent, { eventId: event.id })
    }
    return events.length
  })
}
