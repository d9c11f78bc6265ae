import { tablesOf, type Repo } from '@showrunner/data'
import { type Feed, type Person as SaidPerson } from '@showrunner/feeds'
import { type Podcast } from '../podcasts/index.ts'
import { addEpisodes } from './add-episodes.ts'
import { type DocumentsSummary, NO_DOCUMENTS, saveDocuments } from './documents.ts'
import { findPodcastOf } from './find-podcast.ts'
import { type FeedSource, openFeed, type Origin } from './origin.ts'
import { type PageOf, resolvePeople } from './people.ts'
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
  const warnings: string[] = []
  const tell = options.onEvent ?? (() => undefined)
  const warn = (message: string) => {
    warnings.push(message)
    tell({ type: 'warning', message })
  }
  const run: Run = { repo, asOf: options.asOf, tell, warn }
  const opened = await openFeed(source, options.allowPrivate ?? false)
  const { feed, origin } = opened
  for (const { line, message } of opened.warnings)
    warn(line > 0 ? `line ${line}: ${message}` : message)
  tell({ type: 'read', title: feed.title, episodes: feed.items.length })
  const saved = await repo.transaction(() => saveFeed(run, feed, origin, options))
  const documents =
    options.fetchDocuments === false
      ? NO_DOCUMENTS
      : await saveDocuments(run, saved.podcast, feed, options.allowPrivate ?? false)
  return { ...saved, documents, warnings }
}

async function saveFeed(
  run: Run,
  feed: Feed,
  origin: Origin,
  options: ImportOptions,
): Promise<Pick<ImportSummary, 'podcast' | 'outcome' | 'episodes'>> {
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
  const into = { podcastId: podcast.id, people: feed.people, idOf }
  const notAdded = await addEpisodes(run, into, plans, count)
  const notUpdated = await updateEpisodes(run, plans.updates, idOf, count)
  const episodes = {
    created: plans.additions.length - notAdded.length,
    updated: plans.updates.length - notUpdated.length,
    unchanged: plans.unchanged,
    skipped: [...plans.skipped, ...notAdded, ...notUpdated],
  }
  return { podcast, outcome, episodes }
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
function peopleIn(feed: Feed, { additions, updates }: Plans): readonly SaidPerson[] {
  const items = [...additions, ...updates].map(({ item }) => item)
  const newestFirst = items.toSorted(
    (a, b) => (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0),
  )
  return [...feed.people, ...newestFirst.flatMap(({ people }) => people)]
}
