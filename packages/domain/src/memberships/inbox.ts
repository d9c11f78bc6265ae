import { createHash } from 'node:crypto'
import { from, type Query, type Repo, sql } from '@showrunner/data'
import { type EventTopic, isJsonObject, MEMBERFUL_EVENTS, topicOf } from '@showrunner/memberful'
import { type ListOptions, type Paged, paged, patternsIn, sorted } from '../lists/index.ts'
import { Membership } from './membership.ts'
import { replayEvents } from './read-memberships.ts'
import { type EventState, WebhookEvent } from './webhook-event.ts'
import { noteSteps } from './webhook-step.ts'

export const EVENT_SORTS = ['-receivedAt', 'name'] as const
/** What an event is about. */
export const EVENT_KINDS = [
  'member',
  'subscription',
  'order',
  'plan',
  'download',
  'unknown',
] as const satisfies readonly EventTopic[]
export type EventKind = (typeof EVENT_KINDS)[number]

/** An event, and whose it is as far as anybody knows. */
export interface ListedEvent extends WebhookEvent {
  readonly whose: WithPerson | null
  /** The address in what came. */
  readonly email: string | null
}

type WithPerson = Awaited<ReturnType<typeof membershipsOf>>[number]

interface EventsWanted extends ListOptions {
  readonly state?: EventState | undefined
  readonly kind?: EventKind | undefined
}

/** A page of what was sent to us, found by names and addresses. */
export async function searchEvents(
  repo: Repo,
  { q, sort, page, state, kind }: EventsWanted,
): Promise<Paged<ListedEvent>> {
  const inState = state ? from(WebhookEvent).where({ state }) : from(WebhookEvent)
  const wanted = patternsIn(q ?? '').reduce(about, kind ? ofKind(inState, kind) : inState)
  const { rows, ...rest } = await paged(repo, sorted(wanted, EVENT_SORTS, sort), page)
  return { ...rest, rows: await withWhose(repo, rows) }
}

/** What was sent about somebody lately, the newest first. */
export async function listEventsOf(
  repo: Repo,
  memberships: readonly Membership[],
  limit: number,
): Promise<readonly WebhookEvent[]> {
  const ids = memberships.map(({ memberfulMemberId }) => memberfulMemberId)
  if (ids.length === 0) return []
  const theirs = from(WebhookEvent).where('memberfulMemberId', 'in', ids)
  return repo.all(theirs.orderBy({ receivedAt: 'desc', id: 'desc' }).limit(limit))
}

/** How many events are in each state. */
export async function countEvents(repo: Repo): Promise<Readonly<Record<EventState, number>>> {
  const rows = await repo.run(
    sql<{ state: EventState; events: number }>`
      select state, count(*)::int as events from webhook_events group by state`,
  )
  const none = { received: 0, applied: 0, ignored: 0, failed: 0 }
  return rows.reduce((counts, { state, events }) => ({ ...counts, [state]: events }), none)
}

/** Whose these events are. */
export async function withWhose<E extends WebhookEvent>(
  repo: Repo,
  events: readonly E[],
): Promise<readonly (E & Pick<ListedEvent, 'whose' | 'email'>)[]> {
  const known = await membershipsOf(
    repo,
    events.map(({ memberfulMemberId }) => memberfulMemberId).filter((id) => id !== null),
  )
  const byMember = new Map(known.map((one) => [one.memberfulMemberId, one]))
  return events.map((event) => ({
    ...event,
    whose: byMember.get(event.memberfulMemberId ?? -1) ?? null,
    email: addressIn(event),
  }))
}

/** Applies events again, and writes down who wanted that. Says how many. */
export async function replayFor(
  repo: Repo,
  ids: readonly number[],
  { by, asOf }: { readonly by: string; readonly asOf: Date },
): Promise<number> {
  return repo.transaction(async () => {
    const there = await repo.all(
      from(WebhookEvent)
        .where('id', 'in', [-1, ...ids])
        .where('forgottenAt', 'is', null)
        .select('id'),
    )
    for (const { id } of there)
      await noteSteps(repo, id, [`${by} lets it be applied again.`], { at: asOf })
    return replayEvents(
      repo,
      there.map(({ id }) => id),
    )
  })
}

/** The event that this very body is, if it is here. */
export async function findEventOf(
  repo: Repo,
  rawBody: Uint8Array,
): Promise<WebhookEvent | undefined> {
  const digest = createHash('sha256').update(rawBody).digest('hex')
  return repo.getBy(WebhookEvent, { digest })
}

async function membershipsOf(repo: Repo, memberIds: readonly number[]) {
  const theirs = from(Membership).where('memberfulMemberId', 'in', [-1, ...memberIds])
  return repo.all(theirs.preload('person'))
}

function ofKind(events: Query<typeof WebhookEvent>, kind: EventKind): Query<typeof WebhookEvent> {
  if (kind === 'unknown') return events.where({ understood: false })
  const names: readonly string[] = MEMBERFUL_EVENTS.filter((name) => topicOf(name) === kind)
  return events.where('name', 'in', names)
}

function about(events: Query<typeof WebhookEvent>, pattern: string): Query<typeof WebhookEvent> {
  return events.where(
    () => sql<boolean>`(webhook_events.name ilike ${pattern}
      or webhook_events.payload #>> '{member,email}' ilike ${pattern}
      or webhook_events.payload #>> '{subscription,member,email}' ilike ${pattern}
      or webhook_events.payload #>> '{order,member,email}' ilike ${pattern}
      or exists (
        select from memberships as theirs left join people as whose on whose.id = theirs.person_id
        where theirs.memberful_member_id = webhook_events.memberful_member_id
          and (theirs.email ilike ${pattern} or whose.name ilike ${pattern} or whose.email ilike ${pattern})))`,
  )
}

function addressIn({ payload }: Pick<WebhookEvent, 'payload'>): string | null {
  const holders = [payload, payload['subscription'], payload['order']].filter(isJsonObject)
  const members = holders.map(({ member }) => member).filter(isJsonObject)
  return members.map(({ email }) => email).find((email) => typeof email === 'string') ?? null
}
