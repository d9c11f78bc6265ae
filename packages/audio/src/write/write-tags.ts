import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { TYPE_NAMES } from '../audio-types.ts'
import { AudioError } from '../errors.ts'
import { type Mp3Sound, scanMp3 } from '../mp3/scan-mp3.ts'
import { type OpenFile, withFile } from '../open-file.ts'
import { soundType } from '../read/sound-type.ts'
import { type NewTags } from './new-tags.ts'
import { tagOf } from './tag-of.ts'

const PIECE = 1024 * 1024

/** The file that was written. */
export interface Written {
  readonly bytes: number
  readonly durationMs: number
}

/**
 * Writes a copy of an MP3 with these tags (ID3v2.4, UTF-8) instead of those it has. Its sound is copied byte by byte. The
 * copy appears at `to` whole or not at all, in place of what was there; `to` may be `from`.
 *
 * @throws {AudioError} where `from` is no MP3, or the tags cannot be written.
 */
export function writeTags(
  from: string,
  to: string,
  tags: NewTags,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Written> {
  return withFile(from, signal, async (file) => {
    const type = await soundType(file)
    if (type !== 'mp3')
      throw new AudioError(
        'unsupported',
        `Titles and chapters are written into MP3 files only, and this is ${TYPE_NAMES[type]}. Upload an MP3, or turn this off.`,
      )
    const sound = await scanMp3(file)
    const tag = tagOf(tags, sound.durationMs)
    await appear(to, (copy) => copySound(file, sound, tag, copy))
    return { bytes: tag.length + sound.to - sound.from, durationMs: sound.durationMs }
  })
}

/** Beside `to` and not in a folder for such things: a rename is only whole within one disk. */
async function appear(to: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  const temporary = join(dirname(to), `.${basename(to)}.${randomUUID()}.part`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await write(handle)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, to)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function copySound(
  file: OpenFile,
  sound: Mp3Sound,
  tag: Buffer,
  copy: FileHandle,
): Promise<void> {
  await copy.writeFile(tag)
  for (let at = sound.from; at < sound.to;) {
    const piece = await file.read(at, Math.min(PIECE, sound.to - at))
    if (piece.length === 0)
      throw new AudioError('damaged', 'The file became shorter while it was read. Try again.')
    await copy.writeFile(piece)
    at += piece.length
  }
}
