import {
  addError,
  build,
  type Changeset,
  check,
  from,
  getChange,
  prepareChanges,
  type Repo,
  type Saved,
  type Validator,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { type Person } from './person.ts'
import { PersonHandle } from './person-handle.ts'

/** Saves somebody; when their handle is another one, the old one leads there from then on. */
export async function saveWithHandle(
  repo: Repo,
  changeset: Changeset<typeof Person>,
): Promise<Saved<typeof Person>> {
  const { id, handle: old } = changeset.row
  return repo.transaction(async () => {
    const saved = await repo.update(check(changeset, keepsOldHandles(repo)), AS_OPENED)
    if (saved.ok && saved.value.handle !== old) {
      await repo.deleteAll(from(PersonHandle).where({ handle: saved.value.handle }))
      await keepHandle(repo, old, id)
    }
    return saved
  })
}

/** A handle leads to somebody from now on. */
export async function keepHandle(repo: Repo, handle: string, personId: number): Promise<void> {
  await repo.insertOrThrow(build(PersonHandle, { handle, personId }))
}

/** A handle that leads to somebody else is taken. The last rule of a changeset that changes one. */
export function keepsOldHandles(repo: Repo): Validator<typeof Person> {
  return prepareChanges<typeof Person>(async (changeset) => {
    const handle = getChange(changeset, 'handle')
    if (handle === undefined) return changeset
    const old = await repo.getBy(from(PersonHandle).preload('person'), { handle })
    if (!old || old.personId === changeset.row.id) return changeset
    return addError(changeset, 'handle', 'was that of %{name}, and still leads there', {
      name: old.person.name,
    })
  })
}

/** Whoever was called so once, or whoever they were merged into. */
export async function findByOldHandle(repo: Repo, handle: string): Promise<Person | undefined> {
  const old = await repo.getBy(from(PersonHandle).preload('person'), { handle })
  return old?.person
}
