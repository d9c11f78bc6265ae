import {
  isPicture,
  LIMITS,
  pictureSizes,
  type Uploaded,
  type UploadKind,
} from '@showrunner/domain/uploads'
import { addresses } from '../../addresses.ts'
import { timeCode } from '../durations.ts'
import { fileSize } from '../sizes.ts'
import { uploadState, type UploadStateView } from './upload-state.ts'

const { admin } = addresses

/** Where something has its recording or picture: what is there, what is on its way, and how to send another. */
export interface UploadPanel {
  /** Unique on the page. */
  readonly id: string
  readonly kind: UploadKind
  readonly subject: string
  readonly subjectId: number
  readonly title: string
  readonly help: string
  /** What a file dialogue offers; what is sent is looked at, whatever its name. */
  readonly accept: string
  readonly mostBytes: number
  readonly most: string
  readonly now: Now | null
  readonly empty: string
  readonly choose: string
  readonly newest: UploadStateView | null
  readonly tagging: { readonly checked: boolean } | null
  readonly canRemove: boolean
  readonly removeQuestion: string
  readonly address: string
  readonly actions: typeof ACTIONS
  /** Where to go on after a form without scripts. */
  readonly back: string
}

interface Now {
  readonly address: string
  readonly picture: string | null
  readonly isSound: boolean
  /** `MP3`, `1:02:03`, `58 MB`. */
  readonly facts: readonly string[]
}

const ACTIONS = {
  begin: admin.uploads,
  send: admin.uploadForm,
  remove: admin.removeUploaded,
  tagging: admin.audioTagging,
} as const

interface Words {
  readonly title: string
  readonly help: string
  readonly empty: string
  readonly accept: string
}

const PICTURES = 'image/jpeg,image/png,image/webp'
const SOUNDS = 'audio/*,.mp3,.m4a,.wav,.ogg,.opus,.flac'

const WORDS: Readonly<Record<UploadKind, Words>> = {
  audio: {
    title: 'Audio',
    help: 'MP3 is heard everywhere; M4A, WAV, Ogg, Opus and FLAC are taken too. Length, size and chapters are read from the file.',
    empty: 'No recording yet.',
    accept: SOUNDS,
  },
  'members-audio': {
    title: 'Audio for members',
    help: 'A second recording that only members get: without ads, or longer. It keeps the chapters that are in its file.',
    empty: 'No recording for members. They hear the one for all.',
    accept: SOUNDS,
  },
  cover: {
    title: 'Cover',
    help: 'Square, 1400 to 3000 pixels wide, as JPEG, PNG or WebP. Smaller sizes are made of it.',
    empty: 'No cover of its own.',
    accept: PICTURES,
  },
  picture: {
    title: 'Picture',
    help: 'Of any shape, best wide: 1200 × 630 pixels or more, and at least 200 high, as JPEG, PNG or WebP. It stands above the text and where the post is shared.',
    empty: 'No picture of its own.',
    accept: PICTURES,
  },
  avatar: {
    title: 'Portrait',
    help: 'At least 200 pixels wide, as JPEG, PNG or WebP. It is shown square.',
    empty: 'No portrait: their initials are shown.',
    accept: PICTURES,
  },
  logo: {
    title: 'Logo',
    help: 'At least 200 pixels, of any shape, as JPEG, PNG or WebP. What is transparent becomes white.',
    empty: 'No logo.',
    accept: PICTURES,
  },
  transcript: {
    title: 'Transcript from a file',
    help: 'VTT, SRT, JSON, Markdown or plain text. What is in the file counts, not its name.',
    empty: 'Nothing uploaded yet.',
    accept: '.vtt,.srt,.json,.md,.txt,text/plain',
  },
  markers: {
    title: 'Chapters from markers',
    help: 'A WAV with markers, or a list of markers from Audition or Audacity. They take the place of the chapters there are. The file itself is not kept.',
    empty: 'No chapters yet.',
    accept: '.wav,audio/wav,.csv,.txt,text/plain',
  },
}

export function uploadPanel(uploaded: Uploaded, back: string): UploadPanel {
  const { kind, subject, subjectId, address, newest, tagAudio } = uploaded
  const words = WORDS[kind]
  const now = address === null ? null : nowOf(uploaded, address)
  return {
    id: `upload-${kind}`,
    kind,
    subject,
    subjectId,
    ...words,
    empty: kind === 'markers' ? chaptersThere(uploaded) : words.empty,
    mostBytes: LIMITS[kind].most,
    most: LIMITS[kind].said,
    now,
    choose: now ? 'Choose another file' : 'Choose a file',
    newest: newest ? uploadState(newest) : null,
    tagging: tagAudio === null ? null : { checked: tagAudio },
    canRemove: now !== null,
    removeQuestion: isPicture(kind)
      ? 'The picture goes from every page.'
      : 'It goes from every page and from the feed.',
    address: admin.uploadPanelFor(kind, subject, subjectId),
    actions: ACTIONS,
    back,
  }
}

function chaptersThere({ chapters }: Uploaded): string {
  if (!chapters) return WORDS.markers.empty
  return chapters === 1 ? 'There is one chapter.' : `There are ${chapters} chapters.`
}

function nowOf({ kind, sound, chapters }: Uploaded, address: string): Now {
  if (isPicture(kind)) return { address, ...pictureNow(address) }
  const { type = null, seconds = null, bytes = null, bitrate = null } = sound ?? {}
  const facts = [
    type === null ? null : (TYPES[type] ?? type),
    seconds === null ? null : timeCode(seconds).figures,
    bytes === null ? null : fileSize(bytes),
    bitrate === null ? null : `${Math.round(bitrate / 1000)} kbit/s`,
    chapters ? `${chapters} ${chapters === 1 ? 'chapter' : 'chapters'}` : null,
  ]
  return { address, picture: null, isSound: true, facts: facts.filter((fact) => fact !== null) }
}

function pictureNow(address: string): Omit<Now, 'address'> {
  const sizes = pictureSizes(address)
  const own = sizes.at(-1)
  return {
    picture: sizes.find(({ width }) => width >= 400)?.jpeg ?? own?.jpeg ?? address,
    isSound: false,
    facts: own ? [`${own.width} pixels wide`] : [],
  }
}

const TYPES: Readonly<Record<string, string>> = {
  'audio/mpeg': 'MP3',
  'audio/x-m4a': 'M4A',
  'audio/mp4': 'M4A',
  'audio/wav': 'WAV',
  'audio/ogg': 'Ogg',
  'audio/opus': 'Opus',
  'audio/flac': 'FLAC',
}
