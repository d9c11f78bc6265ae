import { defineJob, type Job } from '@showrunner/jobs'
import { z } from 'zod'
import { performEvent } from './apply-webhook-event.ts'
import { type ListeningParts, type MembershipListener, type MembershipParts } from './listener.ts'
import { performReconcile } from './reconcile.ts'
import { refetchMember } from './refetch-member.ts'

const Id = z.number().int()

export const applyWebhookEvent = defineJob({
  name: 'apply_webhook_event',
  args: z.object({ eventId: Id }),
  perform: (parts: ListeningParts, { eventId }) => performEvent(parts, eventId),
})

const reconcileMemberships = defineJob({
  name: 'reconcile_memberships',
  args: z.object({}),
  maxAttempts: 4,
  perform: (parts: ListeningParts) => performReconcile(parts),
})

/** The jobs, telling these of who joins and who leaves. */
export function membershipJobs(listeners: readonly MembershipListener[]) {
  const telling = <Args>(job: Job<ListeningParts, Args>): Job<MembershipParts, Args> => ({
    ...job,
    run: (parts, given) => job.run({ ...parts, listeners }, given),
  })
  return {
    applyWebhookEvent: telling(applyWebhookEvent),
    refetchMember: telling(refetchMember),
    reconcileMemberships: telling(reconcileMemberships),
  }
}
