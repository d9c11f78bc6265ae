import { from, type Repo } from '@showrunner/data'
import { type JobStatus, listJobs } from '@showrunner/jobs'
import { type CommunityAccount, findAccount } from '../community/index.ts'
import { type ListedEvent, withWhose } from './inbox.ts'
import { getEvent } from './read-memberships.ts'
import { WebhookEvent } from './webhook-event.ts'

/** Something that came of an event. */
export interface StoryLine {
  readonly at: Date
  readonly words: string
  readonly failed: boolean
  /** What it is a part of. */
  readonly where: 'inbox' | 'community'
}

export interface InboxEvent {
  readonly event: ListedEvent
  /** All that came of it so far, in order. */
  readonly story: readonly StoryLine[]
  /** What is still being done about it, or was given up. */
  readonly jobs: readonly JobStatus[]
}

const MOST_LINES = 60
/** Events that somebody's place may follow from. What one act causes comes within minutes. */
const TURNING = [
  'subscription.created',
  'subscription.activated',
  'subscription.reactivated',
  'subscription.deactivated',
  'subscription.deleted',
  'member.deleted',
]
const TOGETHER_MS = 5 * 60_000

/**
 * An event, step by step: what was done with it, and what was done for whom it is about,
 * until something else came. @throws NotFoundError
 */
export async function getInboxEvent(repo: Repo, id: number): Promise<InboxEvent> {
  const found = await getEvent(repo, id)
  const [event] = await withWhose(repo, [found])
  if (!event) throw new Error(`event ${id} is gone`)
  const personId = event.state === 'applied' ? event.whose?.personId : undefined
  const account = personId == null ? undefined : await findAccount(repo, personId)
  const about = [
    { eventId: id },
    ...(event.memberfulMemberId === null ? [] : [{ memberId: event.memberfulMemberId }]),
    ...(account ? [{ accountId: account.id }] : []),
  ]
  const done = found.steps.map(({ at, words, failed }) => {
    return { at, words, failed, where: 'inbox' } as const
  })
  const until = account ? await nextTurn(repo, event) : undefined
  const story = [...done, ...(account ? between(account, event.receivedAt, until) : [])]
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .slice(-MOST_LINES)
  return { event, story, jobs: await listJobs(repo, { about }) }
}

/** When something came that may have changed it all: what was done from there on is a part of that. */
async function nextTurn(repo: Repo, event: WebhookEvent): Promise<Date | undefined> {
  const { memberfulMemberId, receivedAt } = event
  if (memberfulMemberId === null) return undefined
  const turning = from(WebhookEvent).where({ memberfulMemberId }).where('name', 'in', TURNING)
  const after = turning.where('receivedAt', '>', new Date(receivedAt.getTime() + TOGETHER_MS))
  return (await repo.one(after.orderBy({ receivedAt: 'asc' }).limit(1)))?.receivedAt
}

function between(
  { steps, error }: CommunityAccount,
  receivedAt: Date,
  until: Date | undefined,
): readonly StoryLine[] {
  return steps
    .map(({ at, words }) => ({
      at: new Date(at),
      words,
      failed: words === error,
      where: 'community' as const,
    }))
    .filter(({ at }) => at >= receivedAt && (until === undefined || at < until))
}
