import { from, type Loaded, type Query, type Repo } from '@showrunner/data'
import { type ListOptions, matching, type Paged, paged, sorted } from '../lists/index.ts'
import { Episode, EPISODE_TYPES, type EpisodeType } from './episode.ts'

/** Where an episode stands. */
export const EPISODE_STAGES = ['draft', 'scheduled', 'published'] as const
export type EpisodeStage = (typeof EPISODE_STAGES)[number]

export const EPISODE_SORTS = ['-publishedAt', '-updatedAt', 'title', 'number'] as const

export interface EpisodeListOptions extends ListOptions {
  readonly podcastId: number
  readonly stage?: EpisodeStage | undefined
  readonly type?: string | undefined
}

export type EpisodeInList = Loaded<typeof Episode, ['guests', 'topics']>

type Episodes = Query<typeof Episode>

/** A page of a podcast's episodes, whatever they are. */
export async function searchEpisodes(
  repo: Repo,
  { podcastId, stage, type, q, sort, page }: EpisodeListOptions,
  asOf: Date,
): Promise<Paged<EpisodeInList>> {
  const all = from(Episode).where({ podcastId })
  const ofStage = stage ? inStage(all, stage, asOf) : all
  const ofType = isType(type) ? ofStage.where({ type }) : ofStage
  const found = sorted(matching(ofType, ['title', 'slug', 'subtitle'], q), EPISODE_SORTS, sort)
  return paged(repo, found.preload('guests', 'topics'), page)
}

/** The last ones somebody worked on. */
export async function listLatest(repo: Repo, podcastId: number): Promise<readonly Episode[]> {
  return repo.all(
    from(Episode).where({ podcastId }).orderBy({ insertedAt: 'desc', id: 'desc' }).limit(20),
  )
}

/** How many of a podcast's episodes stand where. */
export async function countStages(
  repo: Repo,
  podcastId: number,
  asOf: Date,
): Promise<Readonly<Record<EpisodeStage, number>>> {
  const all = from(Episode).where({ podcastId })
  const [draft, scheduled, published] = await Promise.all(
    EPISODE_STAGES.map((stage) => repo.count(inStage(all, stage, asOf))),
  )
  return { draft: draft ?? 0, scheduled: scheduled ?? 0, published: published ?? 0 }
}

export function inStage(episodes: Episodes, stage: EpisodeStage, asOf: Date): Episodes {
  if (stage === 'draft') return episodes.where({ published: false })
  return episodes
    .where({ published: true })
    .where('publishedAt', stage === 'scheduled' ? '>' : '<=', asOf)
}

export function stageOf(
  { published, publishedAt }: Pick<Episode, 'published' | 'publishedAt'>,
  asOf: Date,
): EpisodeStage {
  if (!published) return 'draft'
  return publishedAt !== null && publishedAt > asOf ? 'scheduled' : 'published'
}

function isType(type: string | undefined): type is EpisodeType {
  return EPISODE_TYPES.some((one) => one === type)
}
