import { AudioError } from '../errors.ts'
import { pictureIn } from '../picture.ts'

/** A picture to write: JPEG or PNG, which it is is told by its content. */
export interface NewPicture {
  readonly data: Uint8Array
}

/** A chapter to write. One without an end lasts until the next begins, the last one until the end of the sound. */
export interface NewChapter {
  readonly startsMs: number
  readonly endsMs?: number | null
  readonly title?: string | null
  readonly link?: string | null
  /** Marked in the file, but not in its table of contents. */
  readonly hidden?: boolean
  readonly picture?: NewPicture | null
}

/** What to write into a file. What is left out, null or blank is not written; what was there before is gone. */
export interface NewTags {
  readonly title?: string | null
  readonly artist?: string | null
  readonly album?: string | null
  readonly genre?: string | null
  readonly publisher?: string | null
  readonly year?: number | null
  readonly track?: number | null
  readonly comment?: string | null
  readonly cover?: NewPicture | null
  readonly chapters?: readonly NewChapter[]
}

/** Players show these two everywhere. */
const WRITTEN_PICTURES = ['image/jpeg', 'image/png']

/** @throws {AudioError} where it is neither a JPEG nor a PNG. */
export function pictureToWrite(
  { data }: NewPicture,
  what: string,
): { mediaType: string; data: Uint8Array } {
  const picture = pictureIn(data)
  if (!picture || !WRITTEN_PICTURES.includes(picture.mediaType))
    throw new AudioError('bad-tags', `${what} is no JPEG or PNG picture. Choose another one.`)
  return picture
}

/** @throws {AudioError} where it is no address of the web. */
export function linkToWrite(link: string, what: string): string {
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link))
    throw new AudioError('bad-tags', `The link of ${what} is no web address: ${link}`)
  return new URL(link).href
}
