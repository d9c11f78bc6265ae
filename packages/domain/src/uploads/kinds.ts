/**
 * What may be uploaded. `members-audio` is a second recording, for members only; `markers` become chapters. A `cover` is
 * square, a `picture` of any shape.
 */
export const UPLOAD_KINDS = [
  'audio',
  'members-audio',
  'cover',
  'picture',
  'avatar',
  'logo',
  'transcript',
  'markers',
] as const
export type UploadKind = (typeof UPLOAD_KINDS)[number]

/** What it may be for. */
export const SUBJECTS = [
  'episode',
  'podcast',
  'person',
  'topic',
  'sponsor',
  'settings',
  'post',
] as const
export type Subject = (typeof SUBJECTS)[number]

const OF_SUBJECT: Readonly<Record<Subject, readonly UploadKind[]>> = {
  episode: ['audio', 'members-audio', 'cover', 'transcript', 'markers'],
  podcast: ['cover'],
  person: ['avatar'],
  topic: ['logo'],
  sponsor: ['logo'],
  settings: ['cover'],
  post: ['picture'],
}

export function allows(subject: Subject, kind: UploadKind): boolean {
  return OF_SUBJECT[subject].includes(kind)
}

const [MB, GB] = [1_000_000, 1_000_000_000]

interface Limit {
  readonly most: number
  /** In words. */
  readonly said: string
}

const SOUND: Limit = { most: 2 * GB, said: '2 GB' }
const PICTURE: Limit = { most: 20 * MB, said: '20 MB' }

/** How many bytes each may have. Markers may come in a WAV. */
export const LIMITS: Readonly<Record<UploadKind, Limit>> = {
  audio: SOUND,
  'members-audio': SOUND,
  markers: SOUND,
  cover: PICTURE,
  picture: PICTURE,
  avatar: PICTURE,
  logo: PICTURE,
  transcript: { most: 5 * MB, said: '5 MB' },
}

export const MOST_BYTES = SOUND.most

/** How many uploads somebody may have under way. */
export const MOST_OPEN = 10

type PictureKind = 'cover' | 'picture' | 'avatar' | 'logo'

/** What the picture of each is called. */
export function pictureKindOf(subject: Subject): PictureKind {
  if (subject === 'post') return 'picture'
  if (subject === 'person') return 'avatar'
  return subject === 'topic' || subject === 'sponsor' ? 'logo' : 'cover'
}

const PICTURES: readonly UploadKind[] = ['cover', 'picture', 'avatar', 'logo']

export function isPicture(kind: UploadKind): boolean {
  return PICTURES.includes(kind)
}
