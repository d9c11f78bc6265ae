import { change, from, type Repo } from '@showrunner/data'
import { getMember, MemberfulError, type MemberfulMember } from '@showrunner/memberful'
import { applyEvent, knownFrom } from './apply-event.ts'
import { askLater } from './refetch-member.ts'
import { type ListeningParts } from './listener.ts'
import { lockedMembership, saveMembership } from './save-membership.ts'
import { type Told, toldBy } from './told.ts'
import { WebhookEvent } from './webhook-event.ts'
import { noteSteps } from './webhook-step.ts'

/** An answer that does not come soon is not waited for: what was sent has to do until it is asked again. */
const PATIENCE_MS = 4_000

/**
 * Does what follows from an event, once. Everything is stored in one transaction with the jobs it needs, so whoever is
 * stopped in the middle has done nothing, and begins again.
 */
export async function performEvent(parts: ListeningParts, eventId: number): Promise<void> {
  const { repo, clock } = parts
  const event = await repo.get(WebhookEvent, eventId)
  if (!event || isDone(event)) return
  try {
    await perform(parts, event)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    await finish(repo, event, { state: 'failed', error: words, words: [], at: clock() })
    throw error
  }
}

async function perform(parts: ListeningParts, event: WebhookEvent): Promise<void> {
  const { repo, clock } = parts
  const reading = toldBy(event.name, event.payload)
  if (!reading.ok) {
    const error = `It is not as Memberful documents it: ${reading.words}.`
    return finish(repo, event, { state: 'failed', error, words: [], at: clock() })
  }
  const { told } = reading
  if (!told) return ignore(parts, event)
  const answer = await askedAbout(parts, told)
  await repo.transaction(async () => {
    const [now] = await repo.all(from(WebhookEvent).where({ id: event.id }).lock('for update'))
    if (!now || isDone(now)) return
    const before = await lockedMembership(repo, told.memberId)
    const isNews = answer.member !== undefined && !isOlder(answer.askedAt, before.fetchedAt)
    const { membership, words } = await saveMembership(repo, parts.listeners, before, {
      known: answer.member
        ? isNews
          ? knownFrom(answer.member)
          : before.known
        : applyEvent(before.known, told),
      fullName: answer.member?.fullName ?? told.fullName,
      asOf: clock(),
      ...(isNews && { fetchedAt: answer.askedAt }),
    })
    if (answer.isToAsk) await askLater(repo, told.memberId)
    await finish(repo, now, {
      state: 'applied',
      membershipId: membership.id,
      words: [...answer.words, ...words],
      at: clock(),
    })
  })
}

interface Answer {
  readonly askedAt: Date
  readonly member?: MemberfulMember
  readonly isToAsk?: boolean
  readonly words: readonly string[]
}

/** What Memberful says of the member now, if it can be asked: that is newer than any event. */
async function askedAbout(
  { clock, memberful }: ListeningParts,
  { memberId, known }: Told,
): Promise<Answer> {
  const askedAt = clock()
  if (!memberful || known.deleted) return { askedAt, words: [] }
  try {
    const member = await getMember({ ...memberful, patienceMs: PATIENCE_MS }, memberId)
    if (member) return { askedAt, member, words: ['Memberful was asked how it is now.'] }
    return { askedAt, words: ['Memberful knows nobody of this number: what it sent has to do.'] }
  } catch (error) {
    if (!(error instanceof MemberfulError)) throw error
    const words = [`${error.message} What it sent has to do, until it is asked again.`]
    return { askedAt, isToAsk: true, words }
  }
}

function isOlder(askedAt: Date, fetchedAt: Date | null): boolean {
  return fetchedAt !== null && askedAt < fetchedAt
}

async function ignore({ repo, clock }: ListeningParts, event: WebhookEvent): Promise<void> {
  const words = event.understood
    ? 'Nothing here follows from it.'
    : 'Memberful does not document this event. It is kept, and nothing follows from it.'
  await repo.transaction(async () => {
    const { memberfulMemberId: memberId } = event
    if (memberId !== null) await askLater(repo, memberId)
    await finish(repo, event, { state: 'ignored', words: [words], at: clock() })
  })
}

interface Outcome {
  readonly state: 'applied' | 'ignored' | 'failed'
  readonly membershipId?: number
  readonly error?: string
  readonly words: readonly string[]
  readonly at: Date
}

async function finish(
  repo: Repo,
  event: WebhookEvent,
  { state, membershipId, error, words, at }: Outcome,
): Promise<void> {
  await repo.transaction(async () => {
    await repo.updateOrThrow(
      change(event, {
        state,
        error: error ?? null,
        finishedAt: at,
        ...(membershipId !== undefined && { membershipId }),
      }),
    )
    await noteSteps(repo, event.id, words, { at })
    if (error !== undefined) await noteSteps(repo, event.id, [error], { at, failed: true })
  })
}

function isDone({ state }: WebhookEvent): boolean {
  return state === 'applied' || state === 'ignored'
}
