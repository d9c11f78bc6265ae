import { randomUUID } from 'node:crypto'
import {
  build,
  change,
  type Changeset,
  check,
  from,
  type Params,
  putAssoc,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { PodcastHost, PodcastTopic, type Podcast } from '../podcasts/index.ts'
import { only } from '../rows/index.ts'
import { Episode, episodeChangeset } from './episode.ts'
import { EpisodeSponsor } from './episode-sponsor.ts'
import { keepsOldAddresses, withSlug } from './slugs.ts'

const FIELDS = ['title', 'slug', 'type', 'season', 'number', 'recordedAt', 'requestId'] as const

type Template = Pick<Podcast, 'id' | 'notesTemplate'>

/** What the form of a new episode begins with. */
export async function draftEpisode(
  repo: Repo,
  { id: podcastId }: Template,
): Promise<Changeset<typeof Episode>> {
  const number = await nextNumber(repo, podcastId)
  return change(build(Episode, { podcastId }), number === null ? {} : { number })
}

/**
 * A draft with what the podcast always has: its hosts, its topics, the outline of its notes; and with the sponsors of
 * another of its episodes, `sponsorsOf`.
 */
export async function startEpisode(
  repo: Repo,
  podcast: Template,
  params: Params,
  { sponsorsOf }: { readonly sponsorsOf?: number | undefined } = {},
): Promise<Saved<typeof Episode>> {
  const draft = build(Episode, { podcastId: podcast.id, guid: randomUUID() })
  return repo.transaction(async () => {
    const said = await withSlug(repo, draft, only(params, FIELDS))
    const outline = { ...(said as object), notes: podcast.notesTemplate }
    const changeset = check(episodeChangeset(draft, outline), keepsOldAddresses(repo))
    const withHosts = putAssoc(changeset, 'episodeHosts', await usualHosts(repo, podcast))
    const withTopics = putAssoc(withHosts, 'episodeTopics', await usualTopics(repo, podcast))
    const sponsors = await sponsorsLike(repo, podcast, sponsorsOf)
    return repo.insert(putAssoc(withTopics, 'episodeSponsors', sponsors))
  })
}

/** The number after the highest there is; null where the episodes of a podcast have none. */
async function nextNumber(repo: Repo, podcastId: number): Promise<number | null> {
  const highest = await repo.aggregate(from(Episode).where({ podcastId }), 'max', 'number')
  return highest === null ? null : Math.floor(highest) + 1
}

async function usualHosts(repo: Repo, { id: podcastId }: Template) {
  const hosts = await repo.all(
    from(PodcastHost).where({ podcastId, retired: false }).orderBy({ position: 'asc', id: 'asc' }),
  )
  return hosts.map(({ personId, role }, position) => ({ personId, role, position }))
}

async function usualTopics(repo: Repo, { id: podcastId }: Template) {
  const topics = await repo.all(
    from(PodcastTopic).where({ podcastId }).orderBy({ position: 'asc', id: 'asc' }),
  )
  return topics.map(({ topicId }, position) => ({ topicId, position }))
}

async function sponsorsLike(
  repo: Repo,
  { id: podcastId }: Template,
  episodeId: number | undefined,
) {
  if (episodeId === undefined) return []
  const sponsors = await repo.all(
    from(EpisodeSponsor).where({ podcastId, episodeId }).orderBy({ position: 'asc', id: 'asc' }),
  )
  return sponsors.map(({ sponsorId, title, linkUrl, description }, position) => {
    return { sponsorId, title, linkUrl, description, position }
  })
}
