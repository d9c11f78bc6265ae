import assert from 'node:assert/strict'
import { type Repo } from '@showrunner/data'
import { JOBS } from '@showrunner/domain/jobs'
import { receiveEvent } from '@showrunner/domain/memberships'
import { partsOfJobs } from '@showrunner/domain/testing'
import { performWaiting } from '@showrunner/jobs/testing'
import { readEvent } from '@showrunner/memberful'
import { MEMBER, payload, SUBSCRIPTION } from '@showrunner/memberful/testing'
import { NOW } from './test-app.ts'

/** Keeps an event as the webhook does; gives its number. */
export async function received(repo: Repo, event: object, at = NOW): Promise<number> {
  const body = Buffer.from(JSON.stringify(event))
  const read = readEvent(body)
  assert.ok(read)
  return (await receiveEvent(repo, body, read, at)).id
}

/** Does what waits, and gives the mails that were sent. */
export async function performAll(repo: Repo, asOf = NOW) {
  const sent: Parameters<typeof partsOfJobs>[1]['sent'] = []
  await performWaiting(repo, JOBS, partsOfJobs(repo, { asOf, sent }))
  return sent
}

/** An event of a subscription of John Doe's, or of somebody else's. */
export function subscribed(
  event: 'subscription.created' | 'subscription.deactivated' = 'subscription.created',
  { id = 7, email = 'john.doe@example.com', full_name = 'John Doe', plan = 'Patron' } = {},
): object {
  return payload(event, {
    subscription: {
      ...SUBSCRIPTION,
      id,
      active: event === 'subscription.created',
      expires_at: '2027-09-23T15:07:13Z',
      member: { ...MEMBER, id, email, full_name },
      subscription_plan: { ...SUBSCRIPTION.subscription_plan, name: plan },
    },
  })
}

/** A payload that is not as Memberful documents it: no number of a member. */
export const BROKEN = {
  event: 'subscription.created',
  subscription: { id: 9, active: true, member: { email: 'broken@example.com' } },
}
