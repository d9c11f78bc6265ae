import { from, type Query, type Repo } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { Activity } from './activity.ts'

type Activities<Spec> = Query<typeof Activity, Spec>

export interface ActivityFilter {
  readonly podcastId?: number | undefined
  /** All of one thing, whatever it was called. */
  readonly subject?: { readonly type: string; readonly id: number } | undefined
  /** What kind of thing. */
  readonly type?: string | undefined
  readonly personId?: number | undefined
  /** The last one of the page before: what comes after it is older. */
  readonly before?: number | undefined
  readonly limit?: number | undefined
}

export interface ActivityPage {
  readonly activities: readonly Activity[]
  /** Where the next page begins, if there is one. */
  readonly next: number | undefined
}

const PAGE = 50

/** What somebody may read of what was done: administrators all of it, hosts that of their podcasts. */
export function visibleTo<Spec>(actor: Actor, activities: Activities<Spec>): Activities<Spec> {
  return actor.isAdmin ? activities : activities.where('podcastId', 'in', actor.hostOf)
}

/** A page of what was done, the newest first. */
export async function listActivity(
  repo: Repo,
  actor: Actor,
  { before, limit = PAGE, ...filter }: ActivityFilter = {},
): Promise<ActivityPage> {
  const last = before === undefined ? undefined : await repo.get(Activity, before)
  const found = filtered(visibleTo(actor, from(Activity)), filter)
  const older = last ? found.where(['at', 'id'], '<', [last.at, last.id]) : found
  const rows = await repo.all(older.orderBy({ at: 'desc', id: 'desc' }).limit(limit + 1))
  const activities = rows.slice(0, limit)
  return { activities, next: rows.length > limit ? activities.at(-1)?.id : undefined }
}

function filtered<Spec>(
  activities: Activities<Spec>,
  { podcastId, subject, type, personId }: ActivityFilter,
): Activities<Spec> {
  let found = activities
  if (podcastId !== undefined) found = found.where({ podcastId })
  if (subject) found = found.where({ subjectType: subject.type, subjectId: subject.id })
  if (type !== undefined) found = found.where({ subjectType: type })
  if (personId !== undefined) found = found.where({ personId })
  return found
}

/** Somebody who did something. */
export interface Participant {
  readonly id: number
  readonly name: string
}

export interface ActivityChoices {
  readonly people: readonly Participant[]
  readonly types: readonly string[]
}

/** By whom and of what kind there is anything to read. */
export async function activityChoices(
  repo: Repo,
  actor: Actor,
  filter: Pick<ActivityFilter, 'podcastId'> = {},
): Promise<ActivityChoices> {
  const found = filtered(visibleTo(actor, from(Activity)), filter)
  const [byPerson, byType] = await Promise.all([
    repo.all(
      found
        .where('personId', 'is not', null)
        .distinct('personId')
        .orderBy({ personId: 'asc', at: 'desc', id: 'desc' }),
    ),
    repo.all(found.distinct('subjectType').orderBy({ subjectType: 'asc' })),
  ])
  const people = byPerson.flatMap(({ personId: id, personName }) =>
    id === null ? [] : [{ id, name: personName ?? '' }],
  )
  return {
    people: people.toSorted((one, other) => one.name.localeCompare(other.name)),
    types: byType.map(({ subjectType }) => subjectType),
  }
}

/** Who deleted something, and when. For whoever might have changed it. */
export async function deletionOf(
  repo: Repo,
  subject: { readonly type: string; readonly id: number },
): Promise<Activity | undefined> {
  const found = filtered(from(Activity), { subject }).where({ action: 'deleted' })
  return repo.one(found.orderBy({ id: 'desc' }).limit(1))
}

/** What was done to something since it was of that version, the oldest first. For whoever may change it. */
export async function changesSince(
  repo: Repo,
  subject: { readonly type: string; readonly id: number },
  version: number,
): Promise<readonly Activity[]> {
  return repo.all(
    filtered(from(Activity), { subject })
      .where('subjectVersion', '>', version)
      .orderBy({ subjectVersion: 'asc', id: 'asc' }),
  )
}
