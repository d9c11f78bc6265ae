import { from, NotFoundError, type Repo } from '@showrunner/data'
import {
  Episode,
  episodesSponsoredBy,
  EpisodeSponsor,
  listed,
  type ListedEpisode,
  newestFirst,
  ofVisiblePodcasts,
  published,
} from '../episodes/index.ts'
import { type OnePage, pageOf } from '../lists/index.ts'
import { type Person } from '../people/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { Sponsor } from './sponsor.ts'
import { listSponsors } from './sponsors.ts'

/** Who made something possible that anybody may hear, and how much. */
export type PublicSponsor = Sponsor & { readonly episodes: number }

export interface SponsorPage {
  readonly sponsor: Sponsor
  readonly episodes: OnePage<
    ListedEpisode & {
      readonly podcast: Podcast
      readonly hosts: readonly Person[]
      readonly guests: readonly Person[]
    }
  >
}

/** By name. */
export async function listPublicSponsors(
  repo: Repo,
  asOf: Date,
): Promise<readonly PublicSponsor[]> {
  const out = published(from(Episode).pipe(ofVisiblePodcasts), asOf)
  const [sponsors, episodes] = await Promise.all([
    listSponsors(repo),
    repo.all(
      out.select('id').preload({ episodeSponsors: from(EpisodeSponsor).select('sponsorId') }),
    ),
  ])
  const counts = new Map<number, number>()
  for (const { sponsorId } of episodes.flatMap(({ episodeSponsors }) => episodeSponsors)) {
    counts.set(sponsorId, (counts.get(sponsorId) ?? 0) + 1)
  }
  return sponsors
    .map((sponsor) => ({ ...sponsor, episodes: counts.get(sponsor.id) ?? 0 }))
    .filter((sponsor) => sponsor.episodes > 0)
}

/** @throws NotFoundError when there is no such sponsor, or nothing it made possible that anybody may hear. */
export async function getSponsorPage(
  repo: Repo,
  slug: string,
  { asOf, page }: { readonly asOf: Date; readonly page: number },
): Promise<SponsorPage> {
  const sponsor = await repo.getByOrThrow(Sponsor, { slug })
  const theirs = episodesSponsoredBy(from(Episode).pipe(ofVisiblePodcasts), sponsor.id)
  const released = listed(newestFirst(published(theirs, asOf)))
  const episodes = await pageOf(repo, released.preload('podcast', 'hosts', 'guests'), page)
  if (episodes.total === 0) throw new NotFoundError(Sponsor, `"${slug}" that anybody may see`)
  return { sponsor, episodes }
}
