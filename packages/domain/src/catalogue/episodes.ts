import { from, type Loaded, type Query, type Repo } from '@showrunner/data'
import {
  Episode,
  episodesAboutTopic,
  episodesWith,
  type EpisodeType,
  newestFirst,
  ofVisiblePodcasts,
  published,
} from '../episodes/index.ts'
import { getPodcast } from '../podcasts/index.ts'
import { olderThan, type Slice, sliced, type Wanted } from './slice.ts'

/** What a list says of an episode: all but its notes, and what only its own page has. */
const IN_LIST = [
  'id',
  'podcastId',
  'slug',
  'guid',
  'title',
  'subtitle',
  'summary',
  'type',
  'season',
  'number',
  'numberDisplay',
  'explicit',
  'publishedAt',
  'recordedAt',
  'updatedAt',
  'coverUrl',
  'audioUrl',
  'audioType',
  'audioBytes',
  'audioDuration',
  'websiteUrl',
  'youtubeUrl',
] as const

const AROUND = [
  'podcast',
  'topics',
  { episodeHosts: ['person'] },
  { episodeGuests: ['person'] },
  { credits: ['person'] },
] as const

const WHOLE = [
  ...AROUND,
  'links',
  'chapters',
  'transcripts',
  { episodeSponsors: ['sponsor'] },
] as const

type Around = Loaded<typeof Episode, typeof AROUND>
export type EpisodeInCatalogue = Pick<Episode, (typeof IN_LIST)[number]> &
  Pick<Around, 'podcast' | 'topics' | 'episodeHosts' | 'episodeGuests' | 'credits'>
export type WholeEpisodeInCatalogue = Loaded<typeof Episode, typeof WHOLE>

export interface EpisodesAsked extends Wanted {
  readonly podcastId?: number | undefined
  readonly personId?: number | undefined
  readonly topicId?: number | undefined
  readonly type?: EpisodeType | undefined
  /** Out at that moment or later. */
  readonly since?: Date | undefined
  /** Out before that moment. */
  readonly before?: Date | undefined
}

/** The episodes that anybody may hear by then, the newest first. */
export async function listEpisodes(
  repo: Repo,
  asked: EpisodesAsked,
  asOf: Date,
): Promise<Slice<EpisodeInCatalogue>> {
  const out = published(from(Episode).pipe(ofVisiblePodcasts), asOf)
  const found = narrowed(out, asked)
  const wanted = newestFirst(asked.after ? found.where(olderThan('episodes', asked.after)) : found)
  const rows = await repo.all(
    wanted
      .select(...IN_LIST)
      .limit(asked.most + 1)
      .offset(asked.offset ?? 0)
      .preload(...AROUND),
  )
  return sliced(rows, asked, ({ publishedAt, id }) => [publishedAt?.toISOString() ?? '', id])
}

/** @throws NotFoundError when there is no such podcast that anybody may see, or no such episode of it that is out. */
export async function getWholeEpisode(
  repo: Repo,
  podcastSlug: string,
  slug: string,
  asOf: Date,
): Promise<WholeEpisodeInCatalogue> {
  const { id: podcastId } = await getPodcast(repo, podcastSlug)
  const out = published(from(Episode), asOf).preload(...WHOLE)
  return repo.getByOrThrow(out, { podcastId, slug })
}

type Episodes = Query<typeof Episode>

function narrowed(episodes: Episodes, asked: EpisodesAsked): Episodes {
  const { podcastId, personId, topicId, type, since, before } = asked
  let found = episodes
  if (podcastId !== undefined) found = found.where({ podcastId })
  if (type !== undefined) found = found.where({ type })
  if (since) found = found.where('publishedAt', '>=', since)
  if (before) found = found.where('publishedAt', '<', before)
  if (personId !== undefined) found = episodesWith(found, personId)
  return topicId === undefined ? found : episodesAboutTopic(found, topicId)
}
