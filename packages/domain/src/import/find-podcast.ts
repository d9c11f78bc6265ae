import { from, type Repo } from '@showrunner/data'
import { podcastGuid, type Feed } from '@showrunner/feeds'
import { Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { ImportError } from './import-error.ts'
import { type Origin } from './origin.ts'

/**
 * The podcast that this feed is a new reading of; undefined for one that is new here. A feed is known by its address.
 * One that only says it is a podcast of ours (by guid, by its own address, by its episodes) is believed where it comes
 * from the same host, or from a file: otherwise any feed could write over any podcast.
 *
 * @throws {ImportError} when it says so and is not believed, or `into` names no podcast.
 */
export async function findPodcastOf(
  repo: Repo,
  feed: Feed,
  origin: Origin,
  into: string | undefined,
): Promise<Podcast | undefined> {
  if (into !== undefined) return named(repo, into)
  const known = await atAddress(repo, origin.addresses)
  if (known) return known
  const claimed = await claimedBy(repo, feed)
  if (claimed) return isBelieved(claimed, origin) ? claimed : refuse(claimed, origin)
  const alike = await withSameEpisodes(repo, feed)
  return alike && isBelieved(alike, origin) ? alike : undefined
}

async function named(repo: Repo, slug: string): Promise<Podcast> {
  const podcast = await repo.getBy(Podcast, { slug })
  if (podcast) return podcast
  throw new ImportError(`there is no podcast "${slug}" to import into`)
}

async function atAddress(repo: Repo, addresses: readonly string[]): Promise<Podcast | undefined> {
  if (addresses.length === 0) return undefined
  return repo.one(from(Podcast).where('sourceUrl', 'in', addresses).orderBy({ id: 'asc' }).limit(1))
}

async function claimedBy(repo: Repo, feed: Feed): Promise<Podcast | undefined> {
  const guid = claimedGuid(feed)
  return guid === null ? undefined : repo.getBy(Podcast, { guid })
}

/** The guid a feed gives itself, or that follows from the address it gives itself. */
export function claimedGuid({ guid, selfUrl }: Feed): string | null {
  return guid ?? (selfUrl === null ? null : podcastGuid(selfUrl))
}

/** A feed without guid or address of its own is known by its title or site, and by most of its episodes. */
async function withSameEpisodes(repo: Repo, feed: Feed): Promise<Podcast | undefined> {
  const guids = feed.items.map(({ guid }) => guid)
  const candidates = await repo.all(
    from(Podcast)
      .where((eb) =>
        eb.or([
          eb('title', '=', feed.title),
          ...(feed.link === null ? [] : [eb('websiteUrl', '=', feed.link)]),
        ]),
      )
      .where('imported', 'is not', null)
      .orderBy({ id: 'asc' }),
  )
  for (const podcast of candidates) {
    const same = podcast.title === feed.title && podcast.websiteUrl === feed.link
    const shared = await countShared(repo, podcast, guids)
    if (shared * 2 > guids.length || (guids.length === 0 && same)) return podcast
  }
  return undefined
}

async function countShared(
  repo: Repo,
  podcast: Podcast,
  guids: readonly string[],
): Promise<number> {
  const episodes = await repo.all(from(Episode).where({ podcastId: podcast.id }).select('guid'))
  const known = new Set(episodes.map(({ guid }) => guid))
  return guids.filter((guid) => known.has(guid)).length
}

function isBelieved(podcast: Podcast, { address }: Origin): boolean {
  if (podcast.imported === null) return false
  if (address === null || podcast.sourceUrl === null || podcast.newFeedUrl === address) return true
  return hostOf(address) === hostOf(podcast.sourceUrl)
}

function hostOf(address: string): string | undefined {
  return URL.parse(address)?.hostname
}

function refuse(podcast: Podcast, origin: Origin): never {
  const from = podcast.sourceUrl === null ? 'made here' : `imported from ${podcast.sourceUrl}`
  throw new ImportError(
    `the feed from ${origin.name} says it is "${podcast.title}" (/${podcast.slug}), which is ${from}. ` +
      `If it is, import it into "${podcast.slug}".`,
  )
}
