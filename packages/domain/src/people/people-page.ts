import { from, type Repo } from '@showrunner/data'
import { Episode, EpisodeGuest, ofVisiblePodcasts, published } from '../episodes/index.ts'
import { type OnePage, pageOf } from '../lists/index.ts'
import { inOrder, Podcast, visible } from '../podcasts/index.ts'
import { Person } from './person.ts'

/** Who hosts, or hosted, and what. */
export interface HostOfShows {
  readonly person: Person
  readonly podcasts: readonly Podcast[]
}

/** Everybody who is heard. */
export interface PeoplePage {
  /** In the order of the shows. */
  readonly hosts: readonly HostOfShows[]
  /** Those who host none any more. */
  readonly retired: readonly HostOfShows[]
  /** By name, without those who host or did, and in how many episodes each was. */
  readonly guests: OnePage<Person & { readonly episodes: number }>
}

/** @throws NotFoundError when there is no such page of guests. */
export async function getPeoplePage(
  repo: Repo,
  { asOf, page }: { readonly asOf: Date; readonly page: number },
): Promise<PeoplePage> {
  const shows = await repo.all(
    from(Podcast)
      .pipe(visible, inOrder)
      .preload({ podcastHosts: ['person'] }),
  )
  const parts = shows.flatMap((podcast) => podcast.podcastHosts.map((host) => ({ podcast, host })))
  const hosts = byPerson(parts.filter(({ host }) => !host.retired))
  const active = new Set(hosts.map(({ person }) => person.id))
  const retired = byPerson(parts.filter(({ host }) => !active.has(host.personId)))
  const known = [...hosts, ...retired].map(({ person }) => person.id)
  return { hosts, retired, guests: await guestsBut(repo, known, { asOf, page }) }
}

interface HostPart {
  readonly podcast: Podcast
  readonly host: { readonly personId: number; readonly person: Person }
}

function byPerson(parts: readonly HostPart[]): readonly HostOfShows[] {
  const byId = Map.groupBy(parts, ({ host }) => host.personId)
  return [...byId.values()].flatMap((theirs) => {
    const person = theirs[0]?.host.person
    return person ? [{ person, podcasts: theirs.map(({ podcast }) => podcast) }] : []
  })
}

async function guestsBut(
  repo: Repo,
  known: readonly number[],
  { asOf, page }: { readonly asOf: Date; readonly page: number },
) {
  const out = published(from(Episode).pipe(ofVisiblePodcasts), asOf)
  const heard = await repo.all(
    out.select('id').preload({ episodeGuests: from(EpisodeGuest).select('personId') }),
  )
  const counts = new Map<number, number>()
  for (const { personId } of heard.flatMap(({ episodeGuests }) => episodeGuests)) {
    counts.set(personId, (counts.get(personId) ?? 0) + 1)
  }
  const ids = [...counts.keys()].filter((id) => !known.includes(id))
  const guests = from(Person).where('id', 'in', ids).orderBy({ name: 'asc', id: 'asc' })
  const { rows, ...rest } = await pageOf(repo, guests, page)
  return { ...rest, rows: rows.map((row) => ({ ...row, episodes: counts.get(row.id) ?? 0 })) }
}
