import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { typeOfKey } from '../type-of-key.ts'
import { type Version } from './version.ts'

/** What a folder does not keep of a file. */
export interface Note {
  readonly etag: string
  readonly type: string
  readonly name: string | undefined
}

/**
 * Where it is noted. The note names the version it is about, so that the notes of the old file and the new one lie side
 * by side while the one replaces the other.
 */
export function noteOf(path: string, { bytes, writtenNs }: Version): string {
  return join(dirname(path), `.${basename(path)}.${writtenNs}-${bytes}.json`)
}

export async function writeNote(path: string, note: Note): Promise<void> {
  await writeFile(path, JSON.stringify(note), { flush: true })
}

/** A file that nobody put has no note: its name tells its type, its length and its age tell it from others. */
export async function findNote(path: string, version: Version): Promise<Note> {
  const text = await readFile(noteOf(path, version), 'utf8').catch(() => '{}')
  const { etag, type, name } = fieldsIn(text)
  return {
    etag: etag ?? `${version.writtenNs.toString(36)}-${version.bytes.toString(36)}`,
    type: type ?? typeOfKey(path),
    name,
  }
}

function fieldsIn(text: string): Readonly<Partial<Record<keyof Note, string>>> {
  try {
    const read: unknown = JSON.parse(text)
    const entries = Object.entries(read ?? {}).filter(([, value]) => typeof value === 'string')
    return Object.fromEntries(entries)
  } catch {
    return {}
  }
}
