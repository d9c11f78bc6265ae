import { from, type Query, type Repo, sql } from '@showrunner/data'
import { type ListOptions, matching, type Paged, paged, sorted } from '../lists/index.ts'
import { type Actor } from '../policies/index.ts'
import { countAppearances, seenPart } from './appearances.ts'
import { Person } from './person.ts'

/** Which people a list shows. What is asked about accounts is answered to administrators only. */
export const PEOPLE_GROUPS = [
  'administrators',
  'editors',
  'hosts',
  'guests',
  'accounts',
  'never',
] as const
export type PeopleGroup = (typeof PEOPLE_GROUPS)[number]

export const PEOPLE_SORTS = ['name', 'handle', '-insertedAt'] as const

/** Somebody, and in how many episodes they are heard, as far as who asks may see those. */
export type ListedPerson = Person & { readonly hosted: number; readonly guested: number }

interface PeopleWanted extends ListOptions {
  readonly group?: PeopleGroup | undefined
}

/** The groups that somebody may look at. */
export function peopleGroups({ isAdmin }: Pick<Actor, 'isAdmin'>): readonly PeopleGroup[] {
  return isAdmin ? PEOPLE_GROUPS : ['hosts', 'guests']
}

/** A page of the people; found by their addresses by administrators only. */
export async function searchPeople(
  repo: Repo,
  actor: Actor,
  { q, sort, page, group }: PeopleWanted,
  asOf: Date,
): Promise<Paged<ListedPerson>> {
  const fields = actor.isAdmin
    ? (['name', 'handle', 'email'] as const)
    : (['name', 'handle'] as const)
  const wanted =
    group !== undefined && peopleGroups(actor).includes(group)
      ? inGroup(from(Person), group, actor, asOf)
      : from(Person)
  const found = sorted(matching(wanted, fields, q), PEOPLE_SORTS, sort)
  const { rows, ...rest } = await paged(repo, found, page)
  const ids = rows.map(({ id }) => id)
  const [hosted, guested] = await Promise.all([
    countAppearances(repo, actor, 'episode_hosts', ids, asOf),
    countAppearances(repo, actor, 'episode_guests', ids, asOf),
  ])
  return {
    ...rest,
    rows: rows.map((row) => ({
      ...row,
      hosted: hosted.get(row.id) ?? 0,
      guested: guested.get(row.id) ?? 0,
    })),
  }
}

function inGroup<Spec>(
  people: Query<typeof Person, Spec>,
  group: PeopleGroup,
  actor: Actor,
  asOf: Date,
): Query<typeof Person, Spec> {
  switch (group) {
    case 'administrators':
      return people.where({ admin: true })
    case 'editors':
      return people.where({ editor: true })
    case 'hosts':
      return people.where(
        () => sql<boolean>`(people.host or exists (
          select from podcast_hosts where person_id = people.id and not retired))`,
      )
    case 'guests':
      return people.where(
        () => sql<boolean>`exists (
          select from episode_guests as part where part.person_id = people.id and ${seenPart(actor, asOf)})`,
      )
    case 'accounts':
      return people.where('email', 'is not', null)
    case 'never':
      return people.where('signedInAt', 'is', null)
    default:
      throw new Error(`unknown group: ${String(group satisfies never)}`)
  }
}
