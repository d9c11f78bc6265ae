import { readFile } from 'node:fs/promises'
import { type Repo } from '@showrunner/data'
import { FeedError } from '@showrunner/feeds'
import { type EpisodeKey } from '../episodes/index.ts'
import { type AttachedFile, attachedFiles } from './attached-files.ts'
import { ImportError } from './import-error.ts'
import { episodeMatcher } from './match-episodes.ts'
import { type ImportEvent } from './run.ts'

export interface AttachOptions {
  readonly onEvent?: (event: ImportEvent) => void
}

export interface AttachSummary {
  readonly attached: number
  readonly unchanged: number
  /** Files that belong to no episode we have, or cannot be read, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[]
}

/** Gives one file's content to its episode, and says whether that changed anything. */
export type Attach = (episode: EpisodeKey, file: AttachedFile, body: Buffer) => Promise<boolean>

/** Attaches every file below a directory to its episode. A file that cannot be attached stops none of the others. */
export async function attachAll(
  repo: Repo,
  directory: string,
  extensions: readonly string[],
  attach: Attach,
  { onEvent = () => undefined }: AttachOptions,
): Promise<AttachSummary> {
  const files = await attachedFiles(directory, extensions)
  const match = await episodeMatcher(repo)
  const taken = new Map<number, string>()
  const skipped: { file: string; reason: string }[] = []
  let attached = 0
  for (const [index, file] of files.entries()) {
    const matched = match(file)
    const result =
      'reason' in matched ? matched : await attachOne(matched.episode, file, taken, attach)
    if ('reason' in result) skipped.push({ file: file.name, reason: result.reason })
    else if (result.changed) attached += 1
    onEvent({ type: 'attached', done: index + 1, total: files.length })
  }
  return { attached, unchanged: files.length - attached - skipped.length, skipped }
}

async function attachOne(
  episode: EpisodeKey,
  file: AttachedFile,
  taken: Map<number, string>,
  attach: Attach,
): Promise<{ readonly changed: boolean } | { readonly reason: string }> {
  const earlier = taken.get(episode.id)
  if (earlier !== undefined) return { reason: `it belongs to the same episode as ${earlier}` }
  try {
    const changed = await attach(episode, file, await readFile(file.path))
    taken.set(episode.id, file.name)
    return { changed }
  } catch (error) {
    if (error instanceof FeedError || error instanceof ImportError) return { reason: error.message }
    throw error
  }
}
