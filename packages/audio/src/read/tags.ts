import { type IAudioMetadata } from 'music-metadata'
import { type Chapter, type Picture } from '../chapter.ts'
import { pictureIn } from '../picture.ts'
import { chaptersIn } from './chapters.ts'

/** What a file says of itself. */
export interface Tags {
  readonly title: string | null
  readonly artist: string | null
  readonly album: string | null
  readonly genre: string | null
  readonly publisher: string | null
  readonly year: number | null
  readonly track: number | null
  readonly comment: string | null
}

/** What the library reads of a file: its tags, and of its sound what its headers say. */
export interface Tagged {
  readonly tags: Tags
  readonly cover: Picture | null
  readonly chapters: readonly Chapter[]
  readonly durationMs: number | null
  readonly bitrate: number | null
  readonly sampleRate: number | null
  readonly channels: number | null
  readonly hasVideo: boolean
  readonly isProtected: boolean
}

/** Codecs of sound that only the shop that sold it can play. */
const PROTECTED = ['drms', 'enca']

export function taggedBy(metadata: IAudioMetadata): Tagged {
  const { common, format } = metadata
  const comments = common.comment?.filter(({ descriptor }) => !descriptor?.startsWith('iTun'))
  return {
    tags: {
      title: common.title || null,
      artist: common.artist || null,
      album: common.album || null,
      genre: common.genre?.[0] || null,
      publisher: common.label?.[0] || null,
      year: common.year ?? null,
      track: common.track.no,
      comment: comments?.[0]?.text || null,
    },
    cover: coverIn(common.picture),
    chapters: chaptersIn(metadata),
    durationMs: format.duration === undefined ? null : Math.round(format.duration * 1000),
    bitrate: format.bitrate === undefined ? null : Math.round(format.bitrate),
    sampleRate: format.sampleRate ?? null,
    channels: format.numberOfChannels ?? null,
    hasVideo: format.hasVideo === true,
    isProtected: format.trackInfo.some(({ codecId }) => PROTECTED.includes(codecId ?? '')),
  }
}

function coverIn(pictures: IAudioMetadata['common']['picture'] = []): Picture | null {
  const front = pictures.find(({ type }) => type === 'Cover (front)') ?? pictures[0]
  // The bytes are a window on the whole tag: a copy, so that the tag is not sent along.
  return front ? pictureIn(Uint8Array.from(front.data)) : null
}
