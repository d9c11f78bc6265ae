import { open as openFile, stat } from 'node:fs/promises'
import { decode, MOST_PIXELS, open } from './decoder.ts'
import { ArtworkError } from './errors.ts'
import {
  FORMATS,
  isAnimatedPng,
  otherPictureName,
  PICTURE_HEAD_BYTES,
  type PictureFormat,
  type PictureType,
  pictureType,
} from './picture-type.ts'
import { type ArtworkRules, refuseSize } from './rules.ts'

/** A picture as it will be seen: turned upright, its sides in pixels. */
export interface Artwork extends PictureFormat {
  readonly type: PictureType
  readonly width: number
  readonly height: number
  readonly bytes: number
}

/**
 * Reads a picture, from a file or from memory: its type by content, its size, and whether all of it is there.
 *
 * @throws {ArtworkError} where it is none that is taken here, or not as the rules want it.
 */
export async function readArtwork(
  source: string | Uint8Array,
  rules: ArtworkRules,
): Promise<Artwork> {
  const { head, bytes } = await beginningOf(source)
  if (bytes > rules.mostBytes)
    throw new ArtworkError(
      'too-many-bytes',
      `It has ${Math.ceil(bytes / 1_000_000)} MB, and may have at most ${rules.mostBytes / 1_000_000}. Export it as a JPEG.`,
    )
  const type = typeOf(head)
  const { width, height } = await sizeOf(source)
  refuseSize({ width, height }, rules)
  await refuseDamaged(source)
  return { type, ...FORMATS[type], width, height, bytes }
}

async function beginningOf(
  source: string | Uint8Array,
): Promise<{ head: Uint8Array; bytes: number }> {
  if (typeof source !== 'string')
    return { head: source.subarray(0, PICTURE_HEAD_BYTES), bytes: source.length }
  const { size } = await stat(source)
  const file = await openFile(source)
  try {
    const head = Buffer.alloc(Math.min(PICTURE_HEAD_BYTES, size))
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return { head: head.subarray(0, bytesRead), bytes: size }
  } finally {
    await file.close()
  }
}

/**
 * The type of a picture by its first bytes.
 *
 * @throws {ArtworkError} where it is none that is taken here.
 */
export function typeOf(head: Uint8Array): PictureType {
  if (head.length === 0) throw new ArtworkError('empty', 'The file is empty. Choose it again.')
  const type = pictureType(head)
  if (type === 'png' && isAnimatedPng(head)) throw animated()
  if (type) return type
  const name = otherPictureName(head)
  if (name)
    throw new ArtworkError('unsupported', `This is ${name}. Export it as JPEG, PNG or WebP.`)
  throw new ArtworkError(
    'not-a-picture',
    'This is not a picture, or not one that can be read here. Choose a JPEG, PNG or WebP.',
  )
}

async function sizeOf(source: string | Uint8Array): Promise<{ width: number; height: number }> {
  const { autoOrient, pages = 1 } = await open(source)
    .metadata()
    .catch((error: unknown) => {
      throw damaged(error)
    })
  if (pages > 1) throw animated()
  const { width, height } = autoOrient
  if (width * height > MOST_PIXELS)
    throw new ArtworkError(
      'too-large',
      `It says it has ${width} × ${height} pixels, which is more than can be handled. Export it smaller.`,
    )
  return { width, height }
}

/** Only making its pixels shows whether they are all there; a few are kept of them. */
async function refuseDamaged(source: string | Uint8Array): Promise<void> {
  try {
    await decode(source).resize(8, 8, { fit: 'fill' }).raw().toBuffer()
  } catch (error) {
    throw damaged(error)
  }
}

function animated(): ArtworkError {
  return new ArtworkError('animated', 'It moves. Export one frame of it, as JPEG, PNG or WebP.')
}

function damaged(cause: unknown): ArtworkError {
  return new ArtworkError(
    'damaged',
    'It is damaged, or only a part of it is there. Export it again, then upload it again.',
    { cause },
  )
}
