import { setTimeout as pause } from 'node:timers/promises'
import { from, type Repo } from '@showrunner/data'
import { listMembers, type MemberfulMember, type MemberfulSite } from '@showrunner/memberful'
import { knownFrom } from './apply-event.ts'
import { ReconcileError } from './errors.ts'
import { type ListeningParts } from './listener.ts'
import { Membership } from './membership.ts'
import { storeAnswer } from './refetch-member.ts'
import { lockedMembership, saveMembership } from './save-membership.ts'
import { standing, withPassed } from './standing.ts'

const DAY_MS = 24 * 60 * 60_000
/** A hundred questions a minute are answered. */
const PAUSE_MS = 650
/** So many may be gone at once before that is taken for a mistake. */
const FEW = 3

/** Holds what is known against the clock and, where Memberful can be asked, against what it says of everybody. */
export async function performReconcile(parts: ListeningParts): Promise<void> {
  await endWhatIsOver(parts)
  if (!parts.memberful) return
  const askedAt = parts.clock()
  const found = new Set<number>()
  for await (const member of everyMember(parts.memberful)) {
    found.add(member.id)
    if (await isOfInterest(parts.repo, member)) await storeAnswer(parts, member.id, member, askedAt)
  }
  const gone = await notAmong(parts.repo, found, askedAt)
  for (const memberId of gone) await storeAnswer(parts, memberId, undefined, askedAt)
}

async function* everyMember(site: MemberfulSite): AsyncGenerator<MemberfulMember> {
  let after: string | undefined
  do {
    const { nodes, next } = await listMembers(site, after)
    yield* nodes
    after = next
    if (after !== undefined) await pause(PAUSE_MS)
  } while (after !== undefined)
}

/** Who is no member and was never heard of stays a stranger. */
async function isOfInterest(repo: Repo, member: MemberfulMember): Promise<boolean> {
  return (
    standing(knownFrom(member)).status === 'active' ||
    repo.exists(from(Membership).where({ memberfulMemberId: member.id }))
  )
}

/** Those who were not among all members. @throws ReconcileError when that would end more than half of all memberships. */
async function notAmong(
  repo: Repo,
  found: ReadonlySet<number>,
  askedAt: Date,
): Promise<readonly number[]> {
  const rows = await repo.all(from(Membership).where('insertedAt', '<', askedAt))
  const known = rows.filter(({ known: { deleted } }) => !deleted)
  const active = known.filter(({ status }) => status === 'active')
  const isGone = ({ memberfulMemberId }: Membership) => !found.has(memberfulMemberId)
  const ending = active.filter(isGone).length
  if (ending > FEW && ending * 2 > active.length) throw new ReconcileError(ending, active.length)
  return known.filter(isGone).map(({ memberfulMemberId }) => memberfulMemberId)
}

/** Ends what only time could decide. */
async function endWhatIsOver({ repo, clock, listeners }: ListeningParts): Promise<void> {
  const asOf = clock()
  const past = from(Membership)
    .where({ status: 'active' })
    .where('endsAt', '<', new Date(asOf.getTime() - DAY_MS))
  for (const { memberfulMemberId } of await repo.all(past.orderBy({ id: 'asc' }))) {
    await repo.transaction(async () => {
      const before = await lockedMembership(repo, memberfulMemberId)
      const known = withPassed(before.known, new Date(asOf.getTime() - DAY_MS))
      if (standing(known).status !== before.status) {
        await saveMembership(repo, listeners, before, { known, asOf })
      }
    })
  }
}
