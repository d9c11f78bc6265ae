import { from, type Loaded, type Query, type Repo } from '@showrunner/data'
import { EpisodeSponsor } from '../episodes/index.ts'
import { type Paged, paged } from '../lists/index.ts'
import { type Sponsor } from './sponsor.ts'

/** What an episode says of a sponsor. */
export type SponsorAppearance = Loaded<typeof EpisodeSponsor, [{ episode: 'podcast' }]>

/** A page of the episodes that a sponsor paid for, with what was said of it: drafts, and then the newest. */
export async function listAppearances(
  repo: Repo,
  { id: sponsorId }: Pick<Sponsor, 'id'>,
  page: number,
): Promise<Paged<SponsorAppearance>> {
  const theirs = from(EpisodeSponsor)
    .where({ sponsorId })
    .join('episode')
    .orderBy({ 'episode.publishedAt': 'desc nulls first', id: 'desc' })
  return paged(repo, theirs.preload({ episode: 'podcast' }), page)
}

/** What was said of each of these sponsors last: on this podcast, or else on any that the repo reaches. */
export async function lastSaid(
  repo: Repo,
  sponsorIds: readonly number[],
  podcastId?: number,
): Promise<ReadonlyMap<number, EpisodeSponsor>> {
  if (sponsorIds.length === 0) return new Map()
  const theirs = from(EpisodeSponsor).where('sponsorId', 'in', sponsorIds)
  const [anywhere, here] = await Promise.all([
    repo.all(lastOfEach(theirs)),
    podcastId === undefined ? [] : repo.all(lastOfEach(theirs.where({ podcastId }))),
  ])
  return new Map([...anywhere, ...here].map((row) => [row.sponsorId, row]))
}

function lastOfEach(rows: Query<typeof EpisodeSponsor>) {
  return rows.distinct('sponsorId').orderBy({ sponsorId: 'asc', id: 'desc' })
}
