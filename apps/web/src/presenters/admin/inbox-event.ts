import { type Account } from '@showrunner/domain/accounts'
import * as memberships from '@showrunner/domain/memberships'
import { type JobStatus } from '@showrunner/jobs'
import { addresses } from '../../addresses.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { excerpt } from '../excerpts.ts'
import { counted } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { EVENT_BADGES } from './inbox.ts'
import { type Tone } from './list-page.ts'
import { dayOf } from './members.ts'
import { type LocalWords, localMoment } from './local-moment.ts'

const { admin } = addresses
const LONGEST_ERROR = 600
const LONGEST_PAYLOAD = 50_000

/** An event, and what came of it. */
export interface InboxEventPage extends AdminPage {
  readonly badge: { readonly words: string; readonly tone: Tone }
  /** What a test is worth, and that what it said is forgotten. */
  readonly note: string | null
  /** Why it failed, in words; null when it did not. */
  readonly error: string | null
  readonly facts: readonly Fact[]
  readonly story: readonly StoryEntry[]
  readonly jobs: readonly JobLine[]
  readonly jobsHref: string
  /** Null with `replay`, when what it said is forgotten. */
  readonly payload: string | null
  readonly replay: Replay | null
}

interface Replay {
  readonly action: string
  readonly label: string
  readonly words: string
}

interface Fact {
  readonly label: string
  readonly value: string
  readonly href: string | null
}

interface StoryEntry {
  readonly at: LocalWords
  readonly words: string
  readonly failed: boolean
  /** Where it took place, when that is not here. */
  readonly where: string | null
}

interface JobLine {
  readonly name: string
  readonly tries: string
  readonly next: LocalWords | null
  readonly words: string
  readonly tone: Tone
  readonly error: string | null
  readonly retry: string | null
}

const JOBS: Readonly<Record<JobStatus['state'], { readonly words: string; readonly tone: Tone }>> =
  {
    waiting: { words: 'Waiting', tone: 'quiet' },
    running: { words: 'Running', tone: 'good' },
    retrying: { words: 'To be tried again', tone: 'waiting' },
    failed: { words: 'Given up', tone: 'bad' },
  }

export function inboxEventPage(
  frame: AdminFrame,
  actor: Account,
  { event, story, jobs }: memberships.InboxEvent,
): InboxEventPage {
  const zone = zoneOf(actor)
  return {
    frame,
    badge: EVENT_BADGES[event.state],
    note: event.forgottenAt === null ? testNote(event) : forgottenNote(event.forgottenAt, zone),
    error: event.error,
    facts: factsOf(event, zone),
    story: [receivedLine(event, zone), ...story.map((line) => storyLine(line, zone))],
    jobs: jobs.map((job) => jobLine(job, zone)),
    payload: event.forgottenAt ? null : shortened(JSON.stringify(event.payload, null, 2)),
    jobsHref: admin.jobs,
    replay: event.forgottenAt === null ? replayOf(event) : null,
  }
}

function replayOf({ id, state }: memberships.ListedEvent): Replay {
  const isDone = state === 'applied' || state === 'ignored'
  return {
    action: admin.replayEvent(id),
    label: isDone ? 'Apply again' : 'Try again now',
    words: isDone
      ? 'It is looked at as if it had just come. That is safe: what is true already is not done twice, and nobody is invited or mailed again.'
      : 'That is safe: whatever it did already is not done twice.',
  }
}

function forgottenNote(forgottenAt: Date, zone: string): string {
  return `What it said was forgotten on ${dayOf(forgottenAt, zone)}, ${memberships.BODY_DAYS} days after it came, so it cannot be applied again. What came of it stays here for ${memberships.EVENT_DAYS} days.`
}

function testNote(event: memberships.ListedEvent): string | null {
  if (memberships.testedBy(event) === null) return null
  return event.state === 'received'
    ? 'A test from here: it came, and is stored. Within seconds it should be ignored, for nobody becomes a member by a test; load this page again to see it.'
    : 'A test from here: it came, was stored and was looked at. That nothing follows from it is as it should be: nobody becomes a member by a test.'
}

function factsOf(event: memberships.ListedEvent, zone: string): readonly Fact[] {
  const { name, understood, receivedAt, deliveries, whose, email, memberfulMemberId } = event
  const tester = memberships.testedBy(event)
  const fact = (label: string, value: string | null, href: string | null = null) => {
    return value === null ? [] : [{ label, value, href }]
  }
  const address = whose?.email ?? email
  const person = whose?.person
  return [
    ...fact('Event', understood ? name : `${name} (Memberful does not document it)`),
    ...fact('From', 'Memberful'),
    ...fact('Came', localMoment(receivedAt, zone).words),
    ...fact(
      'How often',
      deliveries === 1 ? null : `${counted(deliveries, 'time')}, the same words`,
    ),
    ...fact('A test by', tester),
    ...fact('Person', person?.name ?? null, person ? admin.person(person.id) : null),
    ...fact('Address at Memberful', address, address === null ? null : admin.inboxLike(address)),
    ...fact('Member at Memberful', memberfulMemberId === null ? null : String(memberfulMemberId)),
    ...fact(
      'Membership',
      whose ? (whose.plan ?? 'Show it') : null,
      address === null ? null : admin.membersLike(address),
    ),
  ]
}

function receivedLine(
  { receivedAt, deliveries }: memberships.ListedEvent,
  zone: string,
): StoryEntry {
  const words = deliveries === 1 ? 'It came.' : 'It came for the first time.'
  return { at: localMoment(receivedAt, zone), words, failed: false, where: null }
}

function storyLine({ at, words, failed, where }: memberships.StoryLine, zone: string): StoryEntry {
  const place = where === 'community' ? 'Slack and mail' : null
  return { at: localMoment(at, zone), words, failed, where: place }
}

function jobLine(job: JobStatus, zone: string): JobLine {
  const { id, name, state, attempts, maxAttempts, error, runAt } = job
  const isAhead = state === 'waiting' || state === 'retrying'
  return {
    name,
    ...JOBS[state],
    tries: `${attempts} of ${maxAttempts}`,
    next: isAhead ? localMoment(runAt, zone) : null,
    error: error === null ? null : excerpt(error, LONGEST_ERROR),
    retry: state === 'running' ? null : admin.retryJob(Number(id)),
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_PAYLOAD ? `${text.slice(0, LONGEST_PAYLOAD)}…` : text
}
