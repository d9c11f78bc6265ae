import { from, type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { getMember, type MemberfulMember } from '@showrunner/memberful'
import { z } from 'zod'
import { knownFrom } from './apply-event.ts'
import { type ListeningParts } from './listener.ts'
import { Membership } from './membership.ts'
import { lockedMembership, saveMembership } from './save-membership.ts'
import { standing } from './standing.ts'

/** Who began longer ago, and was never heard of, is not welcomed as somebody new. */
const NEW_MS = 7 * 24 * 60 * 60_000

export const refetchMember = defineJob({
  name: 'refetch_member',
  args: z.object({ memberId: z.number().int() }),
  perform: (parts: ListeningParts, { memberId }) => performRefetch(parts, memberId),
})

/** Lets Memberful be asked about somebody: of the questions about one that wait, one is enough. */
export async function askLater(repo: Repo, memberId: number): Promise<void> {
  await enqueue(repo, refetchMember, { memberId }, { key: `refetch_member:${memberId}` })
}

/** Asks Memberful how it is with a member, and stores that. Without a key there is nobody to ask. */
async function performRefetch(parts: ListeningParts, memberId: number): Promise<void> {
  const { clock, memberful } = parts
  if (!memberful) return
  const askedAt = clock()
  const member = await getMember(memberful, memberId)
  await storeAnswer(parts, memberId, member, askedAt)
}

/** Stores what Memberful answered about somebody: nobody, when they are gone. */
export async function storeAnswer(
  { repo, clock, listeners }: ListeningParts,
  memberId: number,
  member: MemberfulMember | undefined,
  askedAt: Date,
): Promise<void> {
  await repo.transaction(async () => {
    const isStranger = !(await repo.exists(from(Membership).where({ memberfulMemberId: memberId })))
    if (isStranger && !member) return
    const before = await lockedMembership(repo, memberId)
    if (before.fetchedAt && before.fetchedAt > askedAt) return
    const known = member ? knownFrom(member) : { ...before.known, deleted: true }
    const { startedAt } = standing(known)
    const asOf = clock()
    await saveMembership(repo, listeners, before, {
      known,
      fullName: member?.fullName ?? null,
      asOf,
      fetchedAt: askedAt,
      isQuiet: isStranger && startedAt !== null && asOf.getTime() - startedAt.getTime() > NEW_MS,
    })
  })
}
