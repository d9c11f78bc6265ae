import { from, type Repo } from '@showrunner/data'
import { dequeue } from '@showrunner/jobs'
import { type FileElsewhere, filesElsewhere, nameOf } from './elsewhere.ts'
import { bringLater, keyOfFile } from './jobs.ts'
import { MovedFile, type MovedKind, type MovedState } from './moved-file.ts'

export interface Asked {
  readonly podcastId: number
  readonly kinds: readonly MovedKind[]
  /** Who asked, and in whose name everything is changed. */
  readonly personId: number
}

const OVER = ['taken', 'failed', 'stopped'] as const

/**
 * Lets what lies elsewhere be brought here, one file after the other. What is on its way is left alone: asked for twice it is
 * fetched once.
 *
 * @returns how many files that are.
 */
export async function bringFiles(
  repo: Repo,
  { podcastId, kinds, personId }: Asked,
): Promise<number> {
  return repo.transaction(async () => {
    const all = await filesElsewhere(repo, podcastId)
    const files = all.filter(({ kind }) => kinds.includes(kind))
    await repo.insertAll(
      MovedFile,
      files.map(({ kind, address }) => ({
        podcastId,
        kind,
        address,
        personId,
        state: 'stopped' as const,
      })),
      { onConflict: 'nothing' },
    )
    return letWait(repo, await rowsOf(repo, podcastId, files, OVER), personId)
  })
}

/** Lets what failed or was stopped be tried again. */
export async function tryAgain(repo: Repo, podcastId: number, personId: number): Promise<number> {
  return repo.transaction(async () => {
    const files = await filesElsewhere(repo, podcastId)
    return letWait(repo, await rowsOf(repo, podcastId, files, ['failed', 'stopped']), personId)
  })
}

/** What has not come yet stays where it is. */
export async function stopBringing(repo: Repo, podcastId: number, asOf: Date): Promise<number> {
  return repo.transaction(async () => {
    const open = from(MovedFile).where({ podcastId }).where('state', 'in', ['waiting', 'fetching'])
    const values = { state: 'stopped', restsUntil: null, updatedAt: asOf } as const
    const stopped = await repo.updateAll(open, values, { returning: ['id'] })
    for (const { id } of stopped) await dequeue(repo, keyOfFile(id))
    return stopped.length
  })
}

async function rowsOf(
  repo: Repo,
  podcastId: number,
  files: readonly FileElsewhere[],
  states: readonly MovedState[],
): Promise<readonly MovedFile[]> {
  const names = new Set(files.map(nameOf))
  const rows = await repo.all(from(MovedFile).where({ podcastId }).where('state', 'in', states))
  return rows.filter((row) => names.has(nameOf(row)))
}

async function letWait(repo: Repo, rows: readonly MovedFile[], personId: number): Promise<number> {
  const ids = rows.map(({ id }) => id)
  // Somebody else may have been quicker.
  const waiting = await repo.updateAll(
    from(MovedFile).where('id', 'in', ids).where('state', 'in', OVER),
    { state: 'waiting', tries: 0, bytes: 0, message: null, restsUntil: null, personId },
    { returning: ['id', 'kind'] },
  )
  for (const file of waiting.toSorted((a, b) => a.id - b.id)) await bringLater(repo, file)
  return waiting.length
}
