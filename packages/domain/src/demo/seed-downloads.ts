import { from, type Repo } from '@showrunner/data'
import { DownloadCount, FeedAgent, rankEpisodes, type Way } from '../downloads/index.ts'
import { Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'

const DAY_MS = 24 * 60 * 60_000
const YEAR = 365

/** How listening is shared out: what with, on which way, and how much of a hundred. */
const SHARES: readonly (readonly [agent: string, way: Way, hundredths: number])[] = [
  ['Apple Podcasts', 'app', 31],
  ['Spotify', 'app', 19],
  ['Overcast', 'app', 13],
  ['Pocket Casts', 'app', 12],
  ['AntennaPod', 'app', 9],
  ['Firefox', 'site', 6],
  ['Chrome', 'site', 5],
  ['Safari', 'embed', 3],
  ['Other', 'app', 2],
]

const AGENTS: readonly (readonly [agent: string, subscribers: number | null])[] = [
  ['Overcast', 212],
  ['Feedly', 143],
  ['Feedbin', 38],
  ['Apple Podcasts', null],
  ['AntennaPod', null],
  ['Programs', null],
]

/** A year in which the network is heard by more and more, the same however often it is made. */
export async function seedDownloads(repo: Repo, asOf: Date): Promise<void> {
  const episodes = await repo.all(
    from(Episode)
      .where({ published: true })
      .where('publishedAt', '<=', asOf)
      .where('audioUrl', 'is not', null),
  )
  const counts = episodes.flatMap((episode) => heard(episode, asOf))
  await inParts(counts, (part) => repo.insertAll(DownloadCount, part))
  await rankEpisodes(repo)
  const podcasts = await repo.all(from(Podcast).orderBy({ id: 'asc' }))
  const agents = podcasts.flatMap(({ id }, at) => fetchers(id, at, asOf))
  await inParts(agents, (part) => repo.insertAll(FeedAgent, part))
}

function heard({ id, podcastId, publishedAt, slug }: Episode, asOf: Date) {
  if (publishedAt === null) return []
  const age = Math.floor(asOf.getTime() / DAY_MS) - Math.floor(publishedAt.getTime() / DAY_MS)
  const size = 120 + (digest(slug) % 240)
  return Array.from({ length: Math.min(age, YEAR) + 1 }, (_, ago) => ago).flatMap((ago) => {
    const old = age - ago
    // Most hear it at once, some months later.
    const fresh = size / (1 + old) ** 1.25 + size / 60 / (1 + old / 60)
    const swing = 0.8 + (digest(`${slug} ${ago}`) % 40) / 100
    const day = dayAgo(asOf, ago)
    const all = fresh * swing
    return SHARES.flatMap(([agent, way, hundredths]) => {
      const chance = (digest(`${slug} ${ago} ${agent}`) % 100) / 100
      const downloads = Math.floor((all * hundredths) / 100 + chance)
      return downloads > 0 ? [{ podcastId, episodeId: id, day, agent, way, downloads }] : []
    })
  })
}

function fetchers(podcastId: number, at: number, asOf: Date) {
  return Array.from({ length: 90 }, (_, ago) => ago).flatMap((ago) =>
    AGENTS.map(([agent, subscribers]) => ({
      podcastId,
      day: dayAgo(asOf, ago),
      agent,
      fetches: 20 + (digest(`${agent} ${ago}`) % 30),
      subscribers:
        subscribers === null
          ? null
          : Math.round((subscribers * (1 - ago / 400)) / (1 + at / 2)) + (digest(agent) % 3),
    })),
  )
}

function dayAgo(asOf: Date, days: number): string {
  return new Date(asOf.getTime() - days * DAY_MS).toISOString().slice(0, 10)
}

/** A number that looks like chance, and is none. */
function digest(text: string): number {
  return Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7)
}

const AT_ONCE = 2000

async function inParts<T>(
  rows: readonly T[],
  insert: (part: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_ONCE) await insert(rows.slice(at, at + AT_ONCE))
}
