import { type AudioType, MEDIA_TYPES } from '../audio-types.ts'
import { type Chapter, type Picture } from '../chapter.ts'
import { AudioError } from '../errors.ts'
import { scanMp3 } from '../mp3/scan-mp3.ts'
import { oggDurationMs } from '../ogg/ogg-duration.ts'
import { type OpenFile, withFile } from '../open-file.ts'
import { readWaveSound } from '../wav/wave-format.ts'
import { readTags } from './read-tags.ts'
import { soundType } from './sound-type.ts'
import { type Tagged, type Tags } from './tags.ts'

/** All there is to know of a recording. `bitrate` is in bits a second, over the whole file. */
export interface Audio {
  readonly type: AudioType
  readonly mediaType: string
  readonly extension: string
  readonly bytes: number
  readonly durationMs: number
  readonly bitrate: number
  readonly sampleRate: number
  readonly channels: number
  readonly tags: Tags
  readonly cover: Picture | null
  readonly chapters: readonly Chapter[]
}

export interface ReadOptions {
  readonly signal?: AbortSignal
  /** The most time it may take, in milliseconds: a minute unless told. */
  readonly withinMs?: number
}

const MOST_MS = 7 * 24 * 3_600_000

interface Sound {
  readonly durationMs: number
  readonly bitrate: number
  readonly sampleRate: number
  readonly channels: number
}

/**
 * Reads a recording: its type by content, its length by its sound, its tags, cover and chapters. However large the file,
 * it is never in memory as a whole, and the tags are read in a thread that may be stopped.
 *
 * @throws {AudioError} where the file is no sound that is taken here, or a damaged or hostile one.
 */
export async function readAudio(path: string, options: ReadOptions = {}): Promise<Audio> {
  const { signal, withinMs = 60_000 } = options
  const timeout = AbortSignal.timeout(withinMs)
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout
  try {
    return await withFile(path, either, (file) => readFrom(path, file, either))
  } catch (error) {
    if (!timeout.aborted || signal?.aborted || error instanceof AudioError) throw error
    throw new AudioError(
      'timed-out',
      'Reading it took too long. Export it again; if that does not help, as a plain MP3.',
      { cause: error },
    )
  }
}

async function readFrom(path: string, file: OpenFile, signal: AbortSignal): Promise<Audio> {
  const type = await soundType(file)
  const measured = await measure(type, file)
  const tagged = await readTags({ path, mediaType: MEDIA_TYPES[type] }, signal)
  refuseFilm(tagged)
  return {
    type,
    mediaType: MEDIA_TYPES[type],
    extension: type,
    bytes: file.bytes,
    ...soundOf(file, tagged, measured),
    tags: tagged.tags,
    cover: tagged.cover,
    chapters: tagged.chapters,
  }
}

/** What is measured here, from the sound itself, because headers may be missing or lie. */
async function measure(type: AudioType, file: OpenFile): Promise<Partial<Sound>> {
  switch (type) {
    case 'mp3': {
      const { durationMs, bitrate, sampleRate, channels } = await scanMp3(file)
      return { durationMs, bitrate, sampleRate, channels }
    }
    case 'wav':
      return readWaveSound(file)
    case 'ogg':
    case 'opus':
      return { durationMs: await oggDurationMs(file) }
    case 'm4a':
    case 'flac':
      return {}
    default:
      throw new Error(`unknown type of sound: ${String(type satisfies never)}`)
  }
}

function refuseFilm({ hasVideo, isProtected }: Tagged): void {
  if (hasVideo)
    throw new AudioError('not-audio', 'This is a video. Export only its sound, as MP3 or M4A.')
  if (isProtected)
    throw new AudioError('unsupported', 'It is copy-protected, so nobody could play it.')
}

function soundOf(file: OpenFile, tagged: Tagged, measured: Partial<Sound>): Sound {
  const durationMs = measured.durationMs ?? tagged.durationMs ?? 0
  if (durationMs === 0)
    throw new AudioError('no-sound', 'There is no sound in it. Export it again.')
  if (durationMs > MOST_MS)
    throw new AudioError('damaged', 'It says it lasts longer than a week. Export it again.')
  return {
    durationMs,
    bitrate: measured.bitrate ?? tagged.bitrate ?? Math.round((file.bytes * 8000) / durationMs),
    sampleRate: measured.sampleRate ?? tagged.sampleRate ?? 0,
    channels: measured.channels ?? tagged.channels ?? 0,
  }
}
