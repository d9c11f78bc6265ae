import { type Repo } from '@showrunner/data'
import { type JobStatus, listJobs } from '@showrunner/jobs'
import { type CommunityAccount, findAccount } from '../community/index.ts'
import { type ListedEvent, withWhose } from './inbox.ts'
import { getEvent } from './read-memberships.ts'

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

/** An event, step by step: what was done with it, and what was done for whom it is about since. @throws NotFoundError */
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
  const story = [...done, ...(account ? since(account, event.receivedAt) : [])]
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .slice(0, MOST_LINES)
  return { event, story, jobs: await listJobs(repo, { about }) }
}

function since({ steps, error }: CommunityAccount, receivedAt: Date): readonly StoryLine[] {
  return steps
    .map(({ at, words }) => ({
      at: new Date(at),
      words,
      failed: words === error,
      where: 'community' as const,
    }))
    .filter(({ at }) => at >= receivedAt)
}
