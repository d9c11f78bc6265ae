import {
  change,
  check,
  from,
  type Changeset,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { paged, type Paged } from '../lists/index.ts'
import { confirmedChangeset, Import, importChangeset, newImport, notTwice } from './import.ts'
import { type ShownState, stateOf } from './import-state.ts'
import { importPodcastJob, keyOf, lookAtFeed } from './jobs.ts'

/** Whether it goes on without anybody: a page about it is worth looking at again. */
export function isUnderWay(state: ShownState): boolean {
  return state === 'looking' || state === 'waiting' || state === 'running'
}

/** The newest first. */
export async function listImports(repo: Repo, page = 1) {
  const newest = from(Import)
    .orderBy({ insertedAt: 'desc', id: 'desc' })
    .preload('person', 'podcast')
  return paged(repo, newest, page)
}
export type ListedImport =
  Awaited<ReturnType<typeof listImports>> extends Paged<infer Row> ? Row : never

/** @throws NotFoundError */
export async function getImport(repo: Repo, id: number): Promise<ListedImport> {
  return repo.getOrThrow(from(Import).preload('person', 'podcast'), id)
}

/** The form for a new one, filled with what an earlier one was asked for with. */
export function editImport(params: Params = {}): Changeset<typeof Import> {
  const changeset = importChangeset(newImport(null), params)
  return { ...changeset, errors: {} }
}

/** Lets a feed be looked at. Nothing of it is written before somebody confirms what was found. */
export async function askForImport(
  repo: Repo,
  params: Params,
  personId: number | null,
): Promise<Saved<typeof Import>> {
  return repo.transaction(async () => {
    const saved = await repo.insert(importChangeset(newImport(personId), params))
    if (saved.ok) await enqueueLook(repo, saved.value)
    return saved
  })
}

/** Does what the preview says, or goes on with what was broken off. One that is under way or done is left alone. */
export async function startImport(
  repo: Repo,
  row: Import,
  asOf: Date,
  params: Params = {},
): Promise<Saved<typeof Import>> {
  if (isLeftAlone(row, asOf)) return { ok: true, value: row }
  return repo.transaction(async () => {
    const again = { state: 'waiting', cancelAsked: false, error: null, aliveAt: null } as const
    const confirmed = confirmedChangeset(row, params)
    const waiting = check(
      change(confirmed, { ...again, progress: null, finishedAt: null }),
      notTwice,
    )
    const saved = await repo.update(waiting)
    if (saved.ok)
      await enqueue(repo, importPodcastJob, { importId: row.id }, { key: keyOf(row.id) })
    return saved
  })
}

/** Looks at the feed again: it may have changed, or answer by now. */
export async function lookAgain(
  repo: Repo,
  row: Import,
  asOf: Date,
): Promise<Saved<typeof Import>> {
  if (isLeftAlone(row, asOf)) return { ok: true, value: row }
  return repo.transaction(async () => {
    const again = { state: 'looking', cancelAsked: false, error: null, aliveAt: null } as const
    const looking = check(change(row, { ...again, preview: null, finishedAt: null }), notTwice)
    const saved = await repo.update(looking)
    if (saved.ok) await enqueueLook(repo, row)
    return saved
  })
}

function isLeftAlone(row: Import, asOf: Date): boolean {
  const state = stateOf(row, asOf)
  return isUnderWay(state) || state === 'done'
}

/** One that runs ends before its next episode; any other ends at once. */
export async function cancelImport(repo: Repo, row: Import, asOf: Date): Promise<Import> {
  if (row.state === 'done') return row
  if (stateOf(row, asOf) === 'running')
    return repo.updateOrThrow(change(row, { cancelAsked: true }))
  return repo.updateOrThrow(
    change(row, { state: 'cancelled', cancelAsked: true, finishedAt: asOf }),
  )
}

async function enqueueLook(repo: Repo, row: Import): Promise<void> {
  await enqueue(repo, lookAtFeed, { importId: row.id }, { key: keyOf(row.id) })
}
