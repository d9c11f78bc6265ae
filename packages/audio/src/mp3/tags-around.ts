import { AudioError } from '../errors.ts'
import { type OpenFile } from '../open-file.ts'

/** A tag is refused above this: nobody's titles, cover and chapter pictures are as large. */
export const MOST_TAG_BYTES = 32 * 1024 * 1024

const MOST_TAGS = 8

/** Where the ID3v2 tags at a file's beginning end: 0 where there are none. */
export async function endOfFrontTags(file: OpenFile): Promise<number> {
  let at = 0
  for (let tags = 0; tags <= MOST_TAGS; tags += 1) {
    const length = frontTagLength(await file.read(at, 10))
    if (length === 0) return at
    if (length > MOST_TAG_BYTES)
      throw new AudioError(
        'too-large',
        `Its tag is ${megabytes(length)}; at most ${megabytes(MOST_TAG_BYTES)} is taken. Use smaller pictures.`,
      )
    at += length
    if (at > file.bytes)
      throw new AudioError(
        'damaged',
        'Its tag says it is longer than the whole file, so the file was cut short. Export it again, then upload it again.',
      )
  }
  throw new AudioError('damaged', 'It has too many tags in a row. Export it again.')
}

function frontTagLength(header: Buffer): number {
  if (header.length < 10 || header.toString('latin1', 0, 3) !== 'ID3') return 0
  const sizes = [...header.subarray(6, 10)]
  if (sizes.some((byte) => byte > 0x7f))
    throw new AudioError('damaged', 'Its tag has an impossible length. Export it again.')
  const hasFooter = ((header[5] ?? 0) & 0x10) !== 0
  return 10 + sizes.reduce((sum, byte) => sum * 128 + byte, 0) + (hasFooter ? 10 : 0)
}

/** Where the sound ends and the tags at a file's end (ID3v1, Lyrics3, APE) begin. */
export async function startOfBackTags(file: OpenFile, from: number): Promise<number> {
  let end = file.bytes
  for (let tags = 0; tags < MOST_TAGS; tags += 1) {
    const tail = await file.read(Math.max(from, end - 128), Math.min(128, end - from))
    const length = backTagLength(tail)
    if (length === 0 || end - length < from) return end
    end -= length
  }
  return end
}

function backTagLength(tail: Buffer): number {
  const size = tail.length
  if (size >= 128 && tail.toString('latin1', 0, 3) === 'TAG') return 128
  if (size >= 15 && tail.toString('latin1', size - 9) === 'LYRICS200')
    return Number(/^\d{6}$/.exec(tail.toString('latin1', size - 15, size - 9))?.[0] ?? -15) + 15
  if (size >= 32 && tail.toString('latin1', size - 32, size - 24) === 'APETAGEX') {
    const hasHeader = tail.readUInt32LE(size - 12) >>> 31 === 1
    return tail.readUInt32LE(size - 20) + (hasHeader ? 32 : 0)
  }
  return 0
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`
}
