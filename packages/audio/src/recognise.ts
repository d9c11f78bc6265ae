import { fileTypeFromBuffer } from 'file-type'
import { type AudioType, MEDIA_TYPES, TYPE_NAMES } from './audio-types.ts'
import { framesIn } from './mp3/frame.ts'

/** How many bytes of a file are enough to recognise it by. */
export const HEAD_BYTES = 16_384

const MARKUP = /^(?:ï»¿)?\s*<(?:!doctype html|html|head|body|script|!--|title|meta|div|p|h1)\b/i
const MOST_BEFORE_FRAMES = 2048

/** What a file is, by what is in it: sound of a known type, or something else and what that is called. */
export type Recognised =
  | {
      readonly kind: 'audio'
      readonly type: AudioType
      readonly mediaType: string
      readonly extension: string
      readonly name: string
    }
  | { readonly kind: 'other-audio'; readonly mediaType: string; readonly name: string }
  | { readonly kind: 'other'; readonly mediaType: string | null; readonly name: string }

/**
 * Says what a file is by its first bytes (the first 16 KiB are plenty), whatever its name. An ID3 tag alone counts as
 * MP3: what follows it may lie beyond the bytes given, and is looked at by `readAudio`.
 */
export async function recognise(bytes: Uint8Array): Promise<Recognised> {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES))
  if (head.length === 0) return other(null, 'an empty file')
  if (head.toString('latin1', 0, 3) === 'ID3' || framesIn(head, 0) > 1) return audio('mp3')
  if (isWave(head)) return audio('wav')
  // Whatever follows: a browser would show it.
  if (MARKUP.test(head.toString('latin1'))) return other('text/html', 'a web page')
  const found = foundByLibrary(await fileTypeFromBuffer(head))
  if (found) return found
  if (isText(head)) return other('text/plain', 'text')
  return isCutStream(head) ? audio('mp3') : other(null, 'a file of unknown type')
}

function audio(type: AudioType): Recognised {
  return {
    kind: 'audio',
    type,
    mediaType: MEDIA_TYPES[type],
    extension: type,
    name: TYPE_NAMES[type],
  }
}

/** A recorded stream begins in the middle of a frame, with the next one soon after. */
function isCutStream(head: Buffer): boolean {
  for (let at = 1; at < MOST_BEFORE_FRAMES; at += 1) if (framesIn(head, at) >= 4) return true
  return false
}

function other(mediaType: string | null, name: string): Recognised {
  return { kind: 'other', mediaType, name }
}

/** RF64 and BW64 are what a WAV over 4 GiB begins with. */
function isWave(head: Buffer): boolean {
  const form = head.toString('latin1', 0, 4)
  return ['RIFF', 'RF64', 'BW64'].includes(form) && head.toString('latin1', 8, 12) === 'WAVE'
}

// What says it is MP4 may hold only sound; which tracks it has stands further in.
const BY_EXTENSION: Readonly<Record<string, AudioType>> = {
  m4a: 'm4a',
  m4b: 'm4a',
  mp4: 'm4a',
  ogg: 'ogg',
  opus: 'opus',
  flac: 'flac',
}

function foundByLibrary(found: { ext: string; mime: string } | undefined): Recognised | null {
  // To the library, two bytes that may begin a frame are sound already.
  if (!found || found.mime === 'audio/mpeg') return null
  const type = BY_EXTENSION[found.ext]
  if (type) return audio(type)
  if (found.mime.startsWith('audio/'))
    return { kind: 'other-audio', mediaType: found.mime, name: `${found.ext.toUpperCase()} sound` }
  return other(found.mime, nameOf(found.mime, found.ext.toUpperCase()))
}

function nameOf(mime: string, extension: string): string {
  if (mime.startsWith('image/')) return `a picture (${extension})`
  if (mime.startsWith('video/')) return `a video (${extension})`
  if (mime.startsWith('font/')) return `a font (${extension})`
  if (/zip|compressed|tar|rar/.test(mime)) return `an archive (${extension})`
  if (/msdownload|executable|elf|mach/.test(mime)) return `a program (${extension})`
  return `a document (${extension})`
}

/** Tab, line feed, form feed, carriage return and escape. */
const CONTROLS_IN_TEXT = [9, 10, 12, 13, 27]

/** UTF-8, perhaps cut in a letter at the end, and no control signs. */
function isText(head: Buffer): boolean {
  if (head.some((byte) => byte < 32 && !CONTROLS_IN_TEXT.includes(byte))) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
