import { type Account } from '@showrunner/domain/accounts'
import {
  type FieldChange,
  type ImportPreview,
  type ImportProgress,
  type ImportReport,
  isUnderWay,
  type ListedImport,
  may,
  type PlannedEpisode,
  SILENT_MS,
  type ShownState,
  stateOf,
} from '@showrunner/domain/import'
import { type BoxField } from '../../admin/field.ts'
import { addresses } from '../../addresses.ts'
import { moment } from '../dates.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { bringBoxes } from './bring-boxes.ts'
import { importBadge } from './import-state.ts'
import { type Tone } from './list-page.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

export interface ImportPage extends AdminPage {
  readonly address: string
  readonly asked: string
  readonly badge: { readonly words: string; readonly tone: Tone }
  /** What this means, and what can be done about it. */
  readonly words: string
  /** Whether the page changes without anybody. */
  readonly isLive: boolean
  /** After how long without news it is looked at again. */
  readonly silentMs: number | null
  readonly href: string
  readonly progress: ShownProgress | null
  /** The form that does it, with what may be brought here then. */
  readonly start: StartForm | null
  readonly buttons: readonly ImportButton[]
  readonly again: readonly { readonly name: string; readonly value: string }[]
  readonly links: readonly { readonly href: string; readonly label: string }[]
  readonly preview: ShownPreview | null
  readonly report: ShownReport | null
}

interface StartForm {
  readonly action: string
  readonly label: string
  readonly boxes: readonly BoxField[]
}

export interface ImportButton {
  readonly action: string
  readonly label: string
  readonly tone: 'button' | 'quiet' | 'danger'
}

interface ShownProgress {
  readonly words: string
  readonly done: number
  readonly total: number
}

interface ShownPreview {
  readonly counts: string
  readonly fields: readonly FieldChange[]
  readonly fieldsTitle: string
  readonly lists: readonly {
    readonly title: string
    readonly rows: readonly EpisodeRow[]
    readonly more: string | null
  }[]
  readonly people: readonly string[]
  readonly skipped: readonly { readonly title: string; readonly reason: string }[]
  readonly warnings: readonly string[]
  readonly moreWarnings: string | null
}

interface EpisodeRow {
  readonly title: string
  readonly day: string | null
  readonly changed: string | null
}

type ShownReport = Pick<ShownPreview, 'counts' | 'skipped' | 'warnings' | 'moreWarnings'>

export function importPage(
  frame: AdminFrame,
  actor: Account,
  row: ListedImport,
  asOf: Date,
): ImportPage {
  const state = stateOf(row, asOf)
  const { address, preview, progress, report, person, insertedAt } = row
  const showsPreview = preview !== null && state !== 'done'
  return {
    frame,
    address,
    asked: `Asked for by ${person?.name ?? 'somebody who is gone'}, ${moment(insertedAt, en).full}`,
    badge: importBadge(state),
    words: wordsFor(state, row),
    isLive: isUnderWay(state),
    silentMs: isUnderWay(state) ? SILENT_MS : null,
    href: admin.import(row.id),
    progress: state === 'running' && progress ? shownProgress(progress) : null,
    start: may(actor, 'run') ? startOf(state, row) : null,
    buttons: may(actor, 'run') ? buttonsFor(state, row) : [],
    again: state === 'done' && may(actor, 'run') ? askedWith(row) : [],
    links: linksOf(row),
    preview: showsPreview ? shownPreview(preview) : null,
    report: report && state === 'done' ? shownReport(report) : null,
  }
}

function wordsFor(state: ShownState, { error, progress }: ListedImport): string {
  switch (state) {
    case 'looking':
      return 'The feed is fetched and compared with what is here. Nothing is written.'
    case 'ready':
      return 'This is what importing the feed would do. Nothing is written yet.'
    case 'waiting':
      return 'It begins as soon as what is before it is done.'
    case 'running':
      return 'Go on with other work: it does not need this page.'
    case 'interrupted':
      return 'The program was stopped in the middle. Of the podcast and its episodes either all is here or nothing; going on does only what is missing.'
    case 'done':
      return 'The feed is imported. Imported again, only what it says newly is written.'
    case 'failed':
      return error ?? 'It could not be done.'
    case 'cancelled':
      return progress?.phase === 'fetching'
        ? 'The podcast and its episodes are here; some of their chapters and transcripts are not. Import the feed again to get them.'
        : 'Nothing was written.'
    default:
      throw new Error(`unknown state of an import: ${String(state satisfies never)}`)
  }
}

/** What the button is called that does it, where it can be done. */
const START: Readonly<Partial<Record<ShownState, string>>> = {
  ready: 'Import',
  interrupted: 'Go on',
  failed: 'Try again',
}

function startOf(state: ShownState, row: ListedImport): StartForm | null {
  const { id, preview, bringPictures: pictures, bringAudio: audio } = row
  const label = START[state]
  if (preview === null || label === undefined) return null
  const boxes = preview.elsewhere ? bringBoxes(preview.elsewhere, { pictures, audio }) : []
  return { action: admin.startImport(id), label, boxes }
}

function buttonsFor(state: ShownState, { id, preview }: ListedImport): readonly ImportButton[] {
  const look = { action: admin.lookAtImport(id), label: 'Look again', tone: 'quiet' } as const
  const end = (label: string) =>
    ({ action: admin.cancelImport(id), label, tone: 'danger' }) as const
  switch (state) {
    case 'looking':
    case 'waiting':
    case 'running':
      return [end('Cancel')]
    case 'ready':
      return [look, end('Discard')]
    case 'interrupted':
      return [...(preview ? [] : [look]), end('Discard')]
    case 'failed':
      return [look]
    case 'cancelled':
      return [look]
    case 'done':
      return []
    default:
      throw new Error(`unknown state of an import: ${String(state satisfies never)}`)
  }
}

/** The form that asks for the same once more. */
function askedWith({ address, intoSlug, fetchDocuments, podcast }: ListedImport) {
  return [
    { name: 'address', value: address },
    { name: 'intoSlug', value: intoSlug === null ? '' : (podcast?.slug ?? intoSlug) },
    { name: 'fetchDocuments', value: String(fetchDocuments) },
  ]
}

function linksOf({ podcast, state }: ListedImport) {
  if (!podcast || state !== 'done') return []
  return [
    { href: admin.episodes(podcast.id), label: 'Its episodes' },
    { href: admin.podcast(podcast.id), label: 'The podcast' },
    { href: admin.podcastFiles(podcast.id), label: 'Its files' },
    { href: addresses.podcast(podcast.slug), label: 'Its page' },
  ]
}

const PHASES: Readonly<Record<ImportProgress['phase'], string>> = {
  reading: 'Reading the feed',
  saving: 'episodes saved',
  fetching: 'chapters and transcripts asked for',
}

function shownProgress({ phase, done, total }: ImportProgress): ShownProgress {
  const words = phase === 'reading' ? PHASES.reading : `${done} of ${total} ${PHASES[phase]}`
  return { words, done, total: Math.max(total, 1) }
}

function shownPreview(preview: ImportPreview): ShownPreview {
  const { fields, additions, updates, created, updated, unchanged, skipped, people } = preview
  const podcast = preview.podcastId === null ? 'A new podcast' : 'A podcast that is here'
  const list = (title: string, rows: readonly PlannedEpisode[], count: number) => ({
    title: `${title} (${count})`,
    rows: rows.map(episodeRow),
    more: count > rows.length ? `… and ${count - rows.length} more` : null,
  })
  return {
    counts: `${podcast}, at /${preview.slug}: ${created} new episodes, ${updated} changed, ${unchanged} as they are, ${skipped.length} skipped.`,
    fields: fields.map((change) => ({ ...change, field: fieldWords(change.field) })),
    fieldsTitle:
      preview.podcastId === null
        ? 'What the podcast would say'
        : 'What would change on the podcast',
    lists: [
      list('New episodes', additions, created),
      list('Changed episodes', updates, updated),
    ].filter(({ rows }) => rows.length > 0),
    people,
    skipped,
    ...warningsOf(preview),
  }
}

function shownReport(report: ImportReport): ShownReport {
  const { created, updated, unchanged, skipped, documents } = report
  const { saved, failed } = documents
  return {
    counts: `${created} new episodes, ${updated} changed, ${unchanged} as they were, ${skipped.length} skipped; ${saved} chapters and transcripts saved, ${failed} not to be had.`,
    skipped,
    ...warningsOf(report),
  }
}

function warningsOf({ warnings, moreWarnings }: ImportPreview | ImportReport) {
  return { warnings, moreWarnings: moreWarnings > 0 ? `… and ${moreWarnings} more` : null }
}

function episodeRow({ title, publishedAt, changed }: PlannedEpisode): EpisodeRow {
  return {
    title,
    day: publishedAt === null ? null : moment(new Date(publishedAt), en).dated,
    changed: changed.length === 0 ? null : changed.map(fieldWords).join(', ').toLowerCase(),
  }
}

/** `websiteUrl`: `Website url`. */
function fieldWords(field: string): string {
  const words = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
