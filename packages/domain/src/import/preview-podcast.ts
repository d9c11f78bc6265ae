import { type Repo, RollbackError } from '@showrunner/data'
import { type Feed } from '@showrunner/feeds'
import { filesElsewhere, summedUp } from '../moving/index.ts'
import { listPeopleNamed, type Person } from '../people/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import {
  begin,
  type ImportOptions,
  peopleIn,
  read,
  type SavedFeed,
  saveFeed,
} from './import-podcast.ts'
import { type FeedSource } from './origin.ts'
import { type Plan, type Update } from './plan-episodes.ts'
import { type FieldChange, type ImportPreview, type PlannedEpisode, someOf } from './preview.ts'
import { saidOfPodcast } from './said-of-podcast.ts'

/**
 * What importing this feed would do now. It is done, in a transaction, and undone: what is wrong with the feed is found as
 * it would be. Chapters and transcripts are not fetched.
 *
 * @throws {FeedError} when the feed cannot be had or read. {ImportError} when it cannot be imported as asked.
 */
export async function previewPodcast(
  repo: Repo,
  source: FeedSource,
  options: ImportOptions,
): Promise<ImportPreview> {
  const { run, warnings } = begin(repo, options)
  const { feed, origin } = await read(run, source, options)
  return undone(repo, async () => {
    const names = feed.people.concat(feed.items.flatMap(({ people }) => people))
    const before = await listPeopleNamed(repo, new Set(names.map(({ name }) => name)))
    const saved = await saveFeed(run, feed, origin, options)
    const { some, more } = someOf(warnings)
    const elsewhere = summedUp(await filesElsewhere(repo, saved.podcast.id))
    return { ...previewOf(feed, saved, before), warnings: some, moreWarnings: more, elsewhere }
  })
}

/** What the work gives, and nothing of what it wrote. */
async function undone<T>(repo: Repo, work: () => Promise<T>): Promise<T> {
  try {
    return await repo.transaction(async () => repo.rollback(await work()))
  } catch (error) {
    // What this rolled back with is what the work gave.
    if (error instanceof RollbackError) return error.value as T
    throw error
  }
}

function previewOf(
  feed: Feed,
  { podcast, outcome, episodes, known, plans, idOf }: SavedFeed,
  before: readonly Person[],
): Omit<ImportPreview, 'warnings' | 'moreWarnings'> {
  const { skipped, ...counts } = episodes
  const knownIds = new Set(before.map(({ id }) => id))
  const added = peopleIn(feed, plans).filter((person) => !knownIds.has(idOf(person)))
  return {
    ...counts,
    title: podcast.title,
    slug: podcast.slug,
    podcastId: known?.id ?? null,
    outcome,
    fields: fieldChanges(feed, known, podcast),
    additions: newestFirst(plans.additions).map((plan) => planned(plan, [])),
    updates: newestFirst(plans.updates).map((update) => planned(update, update.changed)),
    skipped: someOf(skipped).some,
    people: [...new Map(added.map((person) => [idOf(person), person.name])).values()],
  }
}

function newestFirst<P extends Plan | Update>(plans: readonly P[]): readonly P[] {
  const time = ({ item }: P) => item.publishedAt?.getTime() ?? 0
  return someOf(plans.toSorted((a, b) => time(b) - time(a))).some
}

function planned({ item }: Plan, changed: readonly string[]): PlannedEpisode {
  return { title: item.title, publishedAt: item.publishedAt?.toISOString() ?? null, changed }
}

/** The fields that a feed speaks of: of a podcast that is new those that say something, else those that change. */
function fieldChanges(
  feed: Feed,
  known: Podcast | undefined,
  podcast: Podcast,
): readonly FieldChange[] {
  const { people: _people, pictures: _pictures, ...said } = saidOfPodcast(feed)
  return Object.keys(said).flatMap((field): FieldChange[] => {
    const before = known ? asText(Reflect.get(known, field)) : null
    const after = asText(Reflect.get(podcast, field))
    return before === after ? [] : [{ field, before, after }]
  })
}

const LONGEST_SHOWN = 400

function asText(value: unknown): string | null {
  if (value === null || value === undefined || value === false) return null
  if (value === true) return 'yes'
  if (typeof value === 'string') return shortened(value)
  if (Array.isArray(value)) {
    return value.length === 0 ? null : shortened(value.map(wordsOf).join(', '))
  }
  return shortened(wordsOf(value))
}

/** The texts in a value, one after the other. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(wordsOf).join(' › ')
  if (typeof value !== 'object' || value === null) return ''
  return Object.values(value)
    .map(wordsOf)
    .filter((text) => text !== '')
    .join(' ')
}

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}
