import { type Account } from '@showrunner/domain/accounts'
import { type MovedFile, type Moving } from '@showrunner/domain/moving'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addressOf } from '@showrunner/domain/uploads'
import { type BoxField } from '../../admin/field.ts'
import { addresses } from '../../addresses.ts'
import { en } from '../../words/index.ts'
import { moment } from '../dates.ts'
import { counted } from '../names.ts'
import { fileSize } from '../sizes.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { bringBoxes } from './bring-boxes.ts'
import { type Tab, type Tone } from './list-page.ts'
import { podcastTabs } from './podcast-tabs.ts'

const { admin } = addresses

/** Where the files of a podcast lie, and how far they are on their way here. */
export interface FilesPage extends AdminPage {
  readonly around: readonly Tab[]
  readonly badge: { readonly words: string; readonly tone: Tone }
  readonly words: string
  readonly href: string
  readonly isLive: boolean
  readonly progress: ShownProgress | null
  /** Why it does not go on just now. */
  readonly rest: string | null
  readonly boxes: readonly BoxField[]
  readonly bringAction: string
  readonly stopAction: string | null
  readonly againAction: string | null
  readonly missing: ShownFiles | null
  readonly taken: ShownFiles | null
}

interface ShownProgress {
  readonly words: string
  readonly done: number
  readonly total: number
  readonly now: string | null
}

interface ShownFiles {
  readonly title: string
  readonly rows: readonly ShownFile[]
  readonly more: string | null
}

interface ShownFile {
  readonly address: string
  /** Where it is here. */
  readonly here: string | null
  readonly what: string
  readonly words: string
}

export function filesPage(
  frame: AdminFrame,
  actor: Account,
  podcast: Podcast,
  moving: Moving,
): FilesPage {
  const { id } = podcast
  const { counts, elsewhere } = moving
  const open = counts.waiting + counts.fetching
  const missing = moving.missingCount
  return {
    frame,
    around: podcastTabs(frame, actor, podcast, 'files'),
    ...standing(moving),
    href: admin.podcastFiles(id),
    isLive: open > 0,
    progress: open > 0 ? progressOf(moving) : null,
    rest: restOf(moving),
    boxes: bringBoxes(elsewhere, { pictures: true, audio: false }),
    bringAction: admin.podcastFiles(id),
    stopAction: open > 0 ? admin.stopFiles(id) : null,
    againAction: missing > 0 ? admin.filesAgain(id) : null,
    missing: filesOf(`Not here (${missing})`, moving.missing, missing, whyNot),
    taken: filesOf(`Here (${counts.taken})`, moving.taken, counts.taken, whenTaken),
  }
}

function standing({ counts, elsewhere, missing }: Moving): Pick<FilesPage, 'badge' | 'words'> {
  if (counts.waiting + counts.fetching > 0)
    return {
      badge: { words: 'Under way', tone: 'waiting' },
      words: 'One file after the other. Go on with other work: it does not need this page.',
    }
  if (elsewhere.pictures + elsewhere.audio > 0)
    return {
      badge: {
        words: 'Partly elsewhere',
        tone: missing.some(({ state }) => state === 'failed') ? 'bad' : 'quiet',
      },
      words:
        'Some of its files lie with another host. Brought here, they are served from here; titles, dates and guids stay as they are, so apps notice nothing.',
    }
  const words = 'Every picture and recording of this podcast lies here.'
  return { badge: { words: 'All here', tone: 'good' }, words }
}

function progressOf({ counts, bytes, fetching }: Moving): ShownProgress {
  const total = counts.taken + counts.waiting + counts.fetching
  return {
    words: `${counts.taken} of ${counted(total, 'file')} here, ${fileSize(bytes)}`,
    done: counts.taken,
    total,
    now: fetching ? `${fetching.address} (${fileSize(fetching.bytes)} so far)` : null,
  }
}

function restOf({ counts, resting }: Moving): string | null {
  if (counts.fetching > 0 || !resting?.message) return null
  const until = resting.restsUntil
    ? ` Its host is left alone until ${clock(resting.restsUntil)}.`
    : ''
  return `${resting.address}: ${resting.message}${until} It is tried again by itself.`
}

function clock(date: Date): string {
  return `${date.toISOString().slice(11, 16)} UTC`
}

function filesOf(
  title: string,
  files: readonly MovedFile[],
  count: number,
  words: (file: MovedFile) => string,
): ShownFiles | null {
  if (files.length === 0) return null
  return {
    title,
    rows: files.map((file) => ({
      address: file.address,
      here: file.key === null || file.state !== 'taken' ? null : addressOf(file.key),
      what: file.kind === 'audio' ? 'Recording' : 'Picture',
      words: words(file),
    })),
    more: count > files.length ? `… and ${count - files.length} more` : null,
  }
}

function whyNot({ state, message }: MovedFile): string {
  if (state === 'stopped') return 'It was stopped before its turn.'
  return message ?? 'It could not be had.'
}

function whenTaken({ bytes, message, updatedAt }: MovedFile): string {
  const noticed = message === null ? '' : ` ${message}`
  return `${fileSize(bytes)}, ${moment(updatedAt, en).full}.${noticed}`
}
