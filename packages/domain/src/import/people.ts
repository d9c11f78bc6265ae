import { change, from, type Changeset, type NewRow, type Repo } from '@showrunner/data'
import { type Person as SaidPerson } from '@showrunner/feeds'
import { listPeopleNamed, nameKey, Person } from '../people/index.ts'
import { freeSlug, slugOf } from '../slugs/index.ts'

const LONGEST_NAME = 255

/** Whose row a name in the feed stands for. */
export type PersonIdOf = (person: SaidPerson) => number

/** The address of the page of whoever has this handle, where this network's pages are known. */
export type PageOf = (handle: string) => string | undefined

/** Somebody of the network, or somebody to be added to it. */
interface Member {
  readonly row: Person | undefined
  readonly name: string
  /** The address of their page here: a feed of our own knows them by it. */
  readonly page: string | undefined
  /** The addresses feeds know them by. */
  readonly urls: Set<string>
  /** What the feed says of them now. */
  imageUrl: string | null
}

/**
 * The people a feed names, found in the network or added to it. Somebody is known by name and address: the same name
 * with another address is another person, and a name alone is whoever has that name, if one person has.
 * What comes first in the list counts where a feed says two things of one person.
 */
export async function resolvePeople(
  repo: Repo,
  said: readonly SaidPerson[],
  pageOf: PageOf = () => undefined,
): Promise<PersonIdOf> {
  const known = await listPeopleNamed(
    repo,
    said.map(({ name }) => name),
  )
  const cast = Map.groupBy(
    known.map((row) => memberOf(row, pageOf)),
    ({ name }) => nameKey(name),
  )
  const members = new Map<string, Member>()
  // Addresses go first: a bare name may mean somebody who has one.
  for (const one of said.toSorted((a, b) => Number(a.link === null) - Number(b.link === null))) {
    if (!members.has(keyOf(one))) members.set(keyOf(one), meet(cast, one))
  }
  const ids = await store(repo, [...new Set(members.values())])
  return (person) => {
    const member = members.get(keyOf(person))
    const id = member && ids.get(member)
    if (id === undefined) throw new Error(`"${person.name}" is not among the people resolved`)
    return id
  }
}

function keyOf({ name, link }: SaidPerson): string {
  return `${nameKey(name)}\n${link ?? ''}`
}

function memberOf(row: Person, pageOf: PageOf): Member {
  const { name, handle, feedUrls } = row
  return { row, name, page: pageOf(handle), urls: new Set(feedUrls), imageUrl: null }
}

function meet(cast: Map<string, Member[]>, { name, link, imageUrl }: SaidPerson): Member {
  const namesakes = cast.get(nameKey(name)) ?? []
  const unaddressed = namesakes.find(({ urls }) => urls.size === 0)
  const met =
    link === null
      ? (unaddressed ?? (namesakes.length === 1 ? namesakes[0] : undefined))
      : (namesakes.find(({ urls, page }) => urls.has(link) || page === link) ?? unaddressed)
  const member = met ?? { row: undefined, name, page: undefined, urls: new Set(), imageUrl: null }
  if (!met) cast.set(nameKey(name), [...namesakes, member])
  if (link !== null && link !== member.page) member.urls.add(link)
  member.imageUrl ??= imageUrl
  return member
}

async function store(repo: Repo, members: readonly Member[]): Promise<ReadonlyMap<Member, number>> {
  const ids = new Map<Member, number>()
  for (const member of members) {
    if (!member.row) continue
    ids.set(member, member.row.id)
    await repo.updateOrThrow(completed(member.row, member))
  }
  const added = members.filter(({ row }) => !row)
  const rows = await repo.insertAll(Person, await newRows(repo, added))
  for (const [index, member] of added.entries()) {
    const row = rows[index]
    if (row) ids.set(member, row.id)
  }
  return ids
}

/** A picture from elsewhere follows the feed. One put up here stays, and so does the address somebody chose. */
function completed(row: Person, { urls, imageUrl }: Member): Changeset<typeof Person> {
  const ours = row.avatarUrl !== null && row.avatarUrl.startsWith('/')
  return change(row, {
    avatarUrl: ours ? row.avatarUrl : (imageUrl ?? row.avatarUrl),
    websiteUrl: row.websiteUrl ?? [...urls][0] ?? null,
    feedUrls: [...urls],
  })
}

async function newRows(repo: Repo, members: readonly Member[]): Promise<NewRow<typeof Person>[]> {
  if (members.length === 0) return []
  const handles = await repo.all(from(Person).select('handle'))
  const taken = new Set(handles.map(({ handle }) => handle))
  return members.map(({ name, urls, imageUrl }) => {
    const handle = freeSlug(slugOf(name) || 'person', (candidate) => taken.has(candidate))
    taken.add(handle)
    return {
      name: name.trim().slice(0, LONGEST_NAME),
      handle,
      websiteUrl: [...urls][0] ?? null,
      avatarUrl: imageUrl,
      feedUrls: [...urls],
    }
  })
}
