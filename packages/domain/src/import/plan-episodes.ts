import { from, type Repo } from '@showrunner/data'
import { type FeedItem } from '@showrunner/feeds'
import { Episode, EpisodeSlug } from '../episodes/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { changedSince, fingerprintsOf, type Fingerprints } from './fingerprints.ts'
import { saidOfEpisode } from './said-of-episode.ts'

/** Longer ones do not fit an index of the database. */
const LONGEST_GUID = 2000

/** What is to be done for one item of the feed. */
export interface Plan {
  readonly item: FeedItem
  readonly said: ReturnType<typeof saidOfEpisode>
  readonly imported: Fingerprints
}

export interface Update extends Plan {
  readonly id: number
  /** Of what the item says: what it did not say last time. */
  readonly changed: readonly string[]
}

export interface Skipped {
  readonly title: string
  readonly reason: string
}

export interface Plans {
  /** The oldest first: of two of one title, the older one has the plain slug. */
  readonly additions: readonly Plan[]
  readonly updates: readonly Update[]
  readonly unchanged: number
  readonly skipped: readonly Skipped[]
  /** Every slug that the podcast's episodes have or had. */
  readonly slugs: ReadonlySet<string>
}

/** Compares the feed with what was imported before, by guid, letter for letter. */
export async function planEpisodes(
  repo: Repo,
  podcast: Podcast | undefined,
  items: readonly FeedItem[],
): Promise<Plans> {
  const known = podcast ? await knownEpisodes(repo, podcast.id) : []
  const old = podcast ? await repo.all(from(EpisodeSlug).where({ podcastId: podcast.id })) : []
  const byGuid = new Map(known.map((episode) => [episode.guid, episode]))
  const fit = items.filter(({ guid }) => guid.length <= LONGEST_GUID)
  const plans = fit.map((item) => ({ known: byGuid.get(item.guid), ...planOf(item) }))
  const updates = plans.flatMap(({ known: episode, ...plan }) => {
    const changed = episode ? changedSince(plan.imported, episode.imported) : []
    return episode && changed.length > 0 ? [{ ...plan, id: episode.id, changed }] : []
  })
  const additions = plans.filter((plan) => !plan.known).toSorted(byDate)
  return {
    additions,
    updates,
    unchanged: fit.length - additions.length - updates.length,
    skipped: items
      .filter(({ guid }) => guid.length > LONGEST_GUID)
      .map(({ title }) => ({
        title,
        reason: `its guid is longer than ${LONGEST_GUID} characters`,
      })),
    slugs: new Set([...known, ...old].map(({ slug }) => slug)),
  }
}

function planOf(item: FeedItem): Plan {
  const said = saidOfEpisode(item)
  return { item, said, imported: fingerprintsOf(said) }
}

function byDate({ item: a }: Plan, { item: b }: Plan): number {
  return (a.publishedAt?.getTime() ?? 0) - (b.publishedAt?.getTime() ?? 0)
}

async function knownEpisodes(repo: Repo, podcastId: number) {
  return repo.all(from(Episode).where({ podcastId }).select('id', 'guid', 'slug', 'imported'))
}
