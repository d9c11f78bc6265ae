import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { AudioError, type NewTags, writeTags } from '@showrunner/audio'

/** Writes tags into a copy of an MP3, in the folder; says why where they cannot be written. */
export async function tagFile(
  path: string,
  tags: NewTags,
  folder: string,
): Promise<{ readonly path: string } | { readonly problem: string }> {
  const tagged = join(folder, `${randomUUID()}.mp3`)
  try {
    await writeTags(path, tagged, tags)
    return { path: tagged }
  } catch (error) {
    // A chapter after the end, say. The recording itself is fine.
    if (!(error instanceof AudioError) || error.code !== 'bad-tags') throw error
    return { problem: error.message }
  }
}

export function notTagged(problem: string): string {
  return `It is there, but title, cover and chapters could not be written into it: ${problem}`
}
