import { type AnySchema, type Changeset, type Repo, type Saved, stateOf } from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'

/** Saves what is on a sheet, with all its rows, or nothing of it. */
export async function saveSheet<S extends AnySchema>(
  repo: Repo,
  changesetOf: () => Promise<Changeset<S>>,
): Promise<Saved<S>> {
  return repo.transaction(async () => {
    const ready = await changesetOf()
    return stateOf(ready.row) === 'built' ? repo.insert(ready) : repo.update(ready, AS_OPENED)
  })
}

/** What saving a sheet would come to, and saves nothing. */
export async function proposeSheet<S extends AnySchema>(
  repo: Repo,
  changesetOf: () => Promise<Changeset<S>>,
): Promise<Changeset<S>> {
  const proposed = await repo.transaction(async () => {
    // Failed, so that nobody who was to be added is.
    return { ok: false, changeset: await changesetOf() } as const
  })
  return proposed.changeset
}
