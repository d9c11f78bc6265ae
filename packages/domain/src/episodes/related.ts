import { from, type Repo, tablesOf } from '@showrunner/data'
import { type Podcast } from '../podcasts/index.ts'
import { Episode } from './episode.ts'
import { listed, type ListedEpisode } from './listed.ts'
import { EpisodeGuest } from './episode-guest.ts'
import { EpisodeHost } from './episode-host.ts'
import { EpisodeTopic } from './episode-topic.ts'
import { ofVisiblePodcasts, published } from './scopes.ts'

export type RelatedEpisode = ListedEpisode & { readonly podcast: Podcast }

/** What an episode shares with others. */
export interface Shared {
  readonly id: number
  readonly podcastId: number
  readonly season: number | null
  readonly topics: readonly { readonly id: number }[]
  readonly hosts: readonly { readonly id: number }[]
  readonly guests: readonly { readonly id: number }[]
}

/** The same guest says most; who hosts a show is in all of it, and so says little there. */
const WEIGHTS: Readonly<Record<Sharing, number>> = {
  guest: 4,
  guestAsHost: 2,
  topic: 3,
  hostAsGuest: 2,
  season: 1,
}
type Sharing = 'guest' | 'guestAsHost' | 'topic' | 'hostAsGuest' | 'season'

const MOST = 4
const NO_SEASON = -1
/** More than are shown, as some of them are not out; nearly always the first few are. */
const CANDIDATES = 40
const AT_ONCE = 8

/** Released episodes with the same topics and people, those that share most first; of these the newest. */
export async function relatedTo(
  repo: Repo,
  episode: Shared,
  asOf: Date,
  except: readonly number[] = [],
): Promise<readonly RelatedEpisode[]> {
  const ranked = await rank(repo, episode, [episode.id, ...except])
  const found: RelatedEpisode[] = []
  while (found.length < MOST && ranked.length > 0) {
    found.push(...(await released(repo, ranked.splice(0, AT_ONCE), asOf)))
  }
  return found.slice(0, MOST)
}

/** Those of them that are out, in their order. */
async function released(
  repo: Repo,
  ids: readonly number[],
  asOf: Date,
): Promise<readonly RelatedEpisode[]> {
  const out = published(from(Episode).where('id', 'in', ids).pipe(ofVisiblePodcasts), asOf)
  const rows = await repo.all(listed(out).preload('podcast'))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** In one statement, whose parts each look only at what is about these topics and people. */
async function rank(
  repo: Repo,
  { podcastId, season, topics, hosts, guests }: Shared,
  except: readonly number[],
): Promise<number[]> {
  if (topics.length + hosts.length + guests.length === 0) return []
  const seasons = tables()
    .selectFrom('episodes')
    .select((eb) => ['id as episodeId', eb.lit(WEIGHTS.season).as('weight')])
    .where('podcastId', '=', podcastId)
    .where('season', '=', season ?? NO_SEASON)
    // What is not out is none of these pages' business.
    .where('published', '=', true)
  const shared = aboutAnyOf(topics)
    .unionAll(withGuests(guests, WEIGHTS.guest))
    .unionAll(withGuests(hosts, WEIGHTS.hostAsGuest))
    .unionAll(hostedByAnyOf(guests))
    .unionAll(seasons)
  const ranked = await repo.run(
    tables()
      .selectFrom(shared.as('shared'))
      .select('shared.episodeId')
      .where('shared.episodeId', 'not in', except)
      .groupBy('shared.episodeId')
      // The same season alone makes none related: those before and after it are at hand anyway.
      .having((eb) => eb.fn.max('shared.weight'), '>', WEIGHTS.season)
      .orderBy((eb) => eb.fn.sum('shared.weight'), 'desc')
      .orderBy('shared.episodeId', 'desc')
      .limit(CANDIDATES),
  )
  return ranked.map(({ episodeId }) => episodeId)
}

type Named = readonly { readonly id: number }[]

function tables() {
  return tablesOf([Episode, EpisodeTopic, EpisodeHost, EpisodeGuest])
}

function aboutAnyOf(topics: Named) {
  return tables()
    .selectFrom('episode_topics')
    .select((eb) => ['episodeId', eb.lit(WEIGHTS.topic).as('weight')])
    .where('topicId', 'in', idsOf(topics))
}

function withGuests(people: Named, weight: number) {
  return tables()
    .selectFrom('episode_guests')
    .select((eb) => ['episodeId', eb.lit(weight).as('weight')])
    .where('personId', 'in', idsOf(people))
}

function hostedByAnyOf(people: Named) {
  return tables()
    .selectFrom('episode_hosts')
    .select((eb) => ['episodeId', eb.lit(WEIGHTS.guestAsHost).as('weight')])
    .where('personId', 'in', idsOf(people))
}

/** No row has an id of 0, and SQL has no empty list. */
function idsOf(named: Named): readonly number[] {
  return named.length === 0 ? [0] : named.map(({ id }) => id)
}
