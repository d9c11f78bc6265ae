import { tablesOf, type Repo } from '@showrunner/data'
import { type Feed, type Person as SaidPerson } from '@showrunner/feeds'
import { type Podcast } from '../podcasts/index.ts'
import { addEpisodes } from './add-episodes.ts'
import { type DocumentsSummary, NO_DOCUMENTS, saveDocuments } from './documents.ts'
import { findPodcastOf } from './find-podcast.ts'
import { type FeedSource, openFeed, type Origin } from './origin.ts'
import { type PageOf, type PersonIdOf, resolvePeople } from './people.ts'
import { planEpisodes, type Plans, type Skipped } from './plan-episodes.ts'
import { type ImportEvent, type Run } from './run.ts'
import { type Outcome, savePodcast } from './save-podcast.ts'
import { updateEpisodes } from './update-episodes.ts'

export interface ImportOptions {
  readonly asOf: Date
  /** The slug of a podcast that is new here. Made from its title unless said. */
  readonly slug?: string | undefined
  /** The slug of the podcast it is, for a feed that has moved or that begins where we left off. */
  readonly into?: string | undefined
  /** Whether chapters and transcripts that the feed names by address are fetched. They are unless said. */
  readonly fetchDocuments?: boolean
  /** Whether addresses of this machine and its network may be fetched. */
  readonly allowPrivate?: boolean
  /** Where people's pages are here: a feed of our own knows people by them, and means those. */
  readonly personPage?: PageOf
  readonly onEvent?: (event: ImportEvent) => void
  /** Called between one thing and the next. What it throws ends the import. */
  readonly pause?: () => void
}

export interface ImportSummary {
  readonly podcast: Podcast
  /** What became of the podcast's own row. */
  readonly outcome: Outcome
  readonly episodes: {
    readonly created: number
    readonly updated: number
    readonly unchanged: number
    readonly skipped: readonly Skipped[]
  }
  readonly documents: DocumentsSummary
  readonly warnings: readonly string[]
}

/**
 * Creates or updates a podcast with everything its feed says. Run again, it writes what the feed says newly and adds
 * what is new; what was edited here is kept until then. All of the feed is written, or nothing: afterwards the chapters
 * and transcripts it names are fetched, each for itself.
 *
 * @throws {FeedError} when the feed cannot be had or read. {ImportError} when it cannot be imported as asked.
 */
export async function importPodcast(
  repo: Repo,
  source: FeedSource,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { run, warnings } = begin(repo, options)
  const { feed, origin } = await read(run, source, options)
  const saved = await repo.transaction(() => saveFeed(run, feed, origin, options))
  const documents =
    options.fetchDocuments === false
      ? NO_DOCUMENTS
      : await saveDocuments(run, saved.podcast, feed, options.allowPrivate ?? false)
  return {
    podcast: saved.podcast,
    outcome: saved.outcome,
    episodes: saved.episodes,
    documents,
    warnings,
  }
}

/** An import about to be made, and what it warns of. */
export function begin(
  repo: Repo,
  { asOf, onEvent: tell = () => undefined, pause = () => undefined }: ImportOptions,
): { readonly run: Run; readonly warnings: readonly string[] } {
  const warnings: string[] = []
  const warn = (message: string) => {
    warnings.push(message)
    tell({ type: 'warning', message })
  }
  return { run: { repo, asOf, tell, warn, pause }, warnings }
}

export async function read(
  run: Run,
  source: FeedSource,
  { allowPrivate = false }: ImportOptions,
): Promise<{ readonly feed: Feed; readonly origin: Origin }> {
  const { feed, origin, warnings } = await openFeed(source, allowPrivate)
  for (const { line, message } of warnings) {
    run.warn(line > 0 ? `line ${line}: ${message}` : message)
  }
  run.tell({ type: 'read', title: feed.title, episodes: feed.items.length })
  return { feed, origin }
}

/** What was written, and by which plans. */
export interface SavedFeed extends Pick<ImportSummary, 'podcast' | 'outcome' | 'episodes'> {
  readonly known: Podcast | undefined
  readonly plans: Plans
  readonly idOf: PersonIdOf
}

/** Inside a transaction: writes all that the feed says. */
export async function saveFeed(
  run: Run,
  feed: Feed,
  origin: Origin,
  options: ImportOptions,
): Promise<SavedFeed> {
  await takeTurn(run.repo)
  const known = await findPodcastOf(run.repo, feed, origin, options.into)
  const plans = await planEpisodes(run.repo, known, feed.items)
  const idOf = await resolvePeople(run.repo, peopleIn(feed, plans), options.personPage)
  const { podcast, outcome } = await savePodcast(
    run,
    { feed, origin, slug: options.slug },
    known,
    idOf,
  )
  const total = plans.additions.length + plans.updates.length
  let done = 0
  const count = (more: number) => run.tell({ type: 'saved', done: (done += more), total })
  const into = { podcastId: podcast.id, isKnown: known !== undefined, people: feed.people, idOf }
  const notAdded = await addEpisodes(run, into, plans, count)
  const notUpdated = await updateEpisodes(run, plans.updates, { feed, idOf }, count)
  const episodes = {
    created: plans.additions.length - notAdded.length,
    updated: plans.updates.length - notUpdated.length,
    unchanged: plans.unchanged,
    skipped: [...plans.skipped, ...notAdded, ...notUpdated],
  }
  return { podcast, outcome, episodes, known, plans, idOf }
}

const IMPORTING = 6_202_611_204

/** Two imports at once would both add what both find missing: the second waits for the first. */
async function takeTurn(repo: Repo): Promise<void> {
  await repo.run(
    tablesOf([]).selectNoFrom((eb) =>
      eb.fn<string>('pg_advisory_xact_lock', [eb.val(IMPORTING)]).as('turn'),
    ),
  )
}

/** The podcast's own first, then those of the newest episodes: what they say of a person counts. */
export function peopleIn(feed: Feed, { additions, updates }: Plans): readonly SaidPerson[] {
  const items = [...additions, ...updates].map(({ item }) => item)
  const newestFirst = items.toSorted(
    (a, b) => (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0),
  )
  return [...feed.people, ...newestFirst.flatMap(({ people }) => people)]
}
