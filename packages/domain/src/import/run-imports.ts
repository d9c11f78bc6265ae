import { from, type Repo } from '@showrunner/data'
import { FeedError } from '@showrunner/feeds'
import { ImportError } from './import-error.ts'
import { type ImportOptions, importPodcast, type ImportSummary } from './import-podcast.ts'
import { SILENT_MS } from './import-state.ts'
import { Import } from './import.ts'
import { bringFiles } from '../moving/index.ts'
import { ImportCancelledError } from './pause.ts'
import { type PageOf } from './people.ts'
import { someOf } from './preview.ts'
import { previewPodcast } from './preview-podcast.ts'
import { type Podcast } from '../podcasts/index.ts'
import { type ImportProgress } from './progress.ts'
import { type ImportPulse, pulseOfImport } from './pulse.ts'
import { type ImportReport } from './report.ts'
import { type ImportEvent } from './run.ts'

export interface ImportParts {
  readonly repo: Repo
  readonly clock: () => Date
  /** Where people's pages are here. */
  readonly personPage: PageOf
  /** For tests only: lets imports reach this machine and its network. */
  readonly reachesPrivate?: boolean
}

/** `busy`: not yet. */
export type Attempted = 'over' | 'busy'

type Finish = Partial<Pick<Import, 'state' | 'preview' | 'report' | 'podcastId' | 'error'>>

/** Finds out what importing a feed would do, if somebody still waits for that. */
export async function runLook(parts: ImportParts, importId: number): Promise<Attempted> {
  return attempt(parts, importId, 'looking', async (row, options) => {
    const preview = await previewPodcast(parts.repo, { url: row.address }, options)
    return { state: 'ready', preview, podcastId: preview.podcastId }
  })
}

/** Imports a feed that was asked for and confirmed, if nobody did so yet. */
export async function runImport(parts: ImportParts, importId: number): Promise<Attempted> {
  return attempt(parts, importId, 'waiting', async (row, options) => {
    const summary = await importPodcast(parts.repo, { url: row.address }, options)
    await bringWhatLiesElsewhere(parts.repo, row, summary.podcast)
    return { state: 'done', report: reportOf(summary), podcastId: summary.podcast.id }
  })
}

/** As who asked for the import; what nobody asked for stays where it is. */
async function bringWhatLiesElsewhere(
  repo: Repo,
  { bringPictures, bringAudio, personId }: Import,
  { id: podcastId }: Podcast,
): Promise<void> {
  if (personId === null) return
  const kinds = [
    ...(bringPictures ? ['picture' as const] : []),
    ...(bringAudio ? ['audio' as const] : []),
  ]
  await bringFiles(repo, { podcastId, kinds, personId })
}

async function attempt(
  parts: ImportParts,
  importId: number,
  state: 'looking' | 'waiting',
  work: (row: Import, options: ImportOptions) => Promise<Finish>,
): Promise<Attempted> {
  const { repo, clock } = parts
  const begun = clock()
  if (await isBusy(repo, importId, begun)) return 'busy'
  const [row] = await repo.updateAll(
    from(Import).where({ id: importId, state }),
    {
      state: state === 'waiting' ? 'running' : 'looking',
      aliveAt: begun,
      startedAt: begun,
      progress: { phase: 'reading', done: 0, total: 0 },
    },
    { returning: true },
  )
  if (!row) return 'over'

  const pulse = pulseOfImport(repo, row, clock)
  const options = optionsOf(parts, row, begun, pulse)
  try {
    await finish(parts, row, await work(row, options))
  } catch (error) {
    await finish(parts, row, failure(error))
    if (!isTold(error)) throw error
  } finally {
    pulse.stop()
  }
  return 'over'
}

/** Whether another import is under way: both would wait for the other's transaction. */
async function isBusy(repo: Repo, importId: number, asOf: Date): Promise<boolean> {
  const begun = from(Import)
    .where('state', 'in', ['looking', 'running'])
    .where('id', '!=', importId)
  const heard = new Date(asOf.getTime() - SILENT_MS)
  return repo.exists(begun.where('aliveAt', '>', heard))
}

function optionsOf(
  { personPage, reachesPrivate = false }: ImportParts,
  { intoSlug, newSlug, fetchDocuments }: Import,
  asOf: Date,
  pulse: ImportPulse,
): ImportOptions {
  return {
    asOf,
    into: intoSlug ?? undefined,
    slug: newSlug ?? undefined,
    fetchDocuments,
    personPage,
    allowPrivate: reachesPrivate,
    pause: () => {
      if (pulse.isCancelled()) throw new ImportCancelledError()
    },
    onEvent: (event) => {
      const progress = progressOf(event)
      if (progress) pulse.at(progress)
    },
  }
}

function progressOf(event: ImportEvent): ImportProgress | undefined {
  if (event.type === 'read') return { phase: 'saving', done: 0, total: event.episodes }
  if (event.type === 'saved') return { phase: 'saving', done: event.done, total: event.total }
  if (event.type === 'fetched') return { phase: 'fetching', done: event.done, total: event.total }
  return undefined
}

async function finish({ repo, clock }: ImportParts, { id }: Import, done: Finish): Promise<void> {
  const at = clock()
  const running = from(Import).where({ id }).where('state', 'in', ['looking', 'running'])
  await repo.updateAll(running, { ...done, finishedAt: at, aliveAt: at, updatedAt: at })
}

const ON_THE_MACHINE = 'on the machine itself, "showrunner import --allow-private" does'

function failure(error: unknown): Finish {
  if (error instanceof ImportCancelledError) return { state: 'cancelled' }
  if (error instanceof FeedError && error.code === 'private-address') {
    return { state: 'failed', error: `${error.message}: ${ON_THE_MACHINE}` }
  }
  const words = isTold(error)
    ? error.message
    : 'Something went wrong here; the log of the server says what.'
  return { state: 'failed', error: words }
}

/** Whether an error says in words for people what is wrong. */
function isTold(error: unknown): error is Error {
  return (
    error instanceof FeedError ||
    error instanceof ImportError ||
    error instanceof ImportCancelledError
  )
}

function reportOf({ outcome, episodes, documents, warnings }: ImportSummary): ImportReport {
  const { some, more } = someOf(warnings)
  return { outcome, ...episodes, documents, warnings: some, moreWarnings: more }
}
