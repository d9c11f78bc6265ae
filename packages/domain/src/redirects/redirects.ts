import {
  addError,
  build,
  change,
  type Changeset,
  check,
  from,
  getField,
  type Params,
  prepareChanges,
  type Repo,
  type Saved,
  type Validator,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { type ListOptions, matching, type Paged, paged, sorted } from '../lists/index.ts'
import { pathsFor, targetOf } from './follow.ts'
import { BELOW, pathOf, Redirect, redirectChangeset } from './redirect.ts'

export const REDIRECT_SORTS = ['path', '-insertedAt'] as const

export async function searchRedirects(
  repo: Repo,
  { q, sort, page }: ListOptions,
): Promise<Paged<Redirect>> {
  const found = matching(from(Redirect), ['path', 'target'], q)
  return paged(repo, sorted(found, REDIRECT_SORTS, sort), page)
}

/** @throws NotFoundError */
export async function getRedirect(repo: Repo, id: number): Promise<Redirect> {
  return repo.getOrThrow(Redirect, id)
}

/** What a form begins with. */
export function editRedirect(redirect: Redirect = build(Redirect)): Changeset<typeof Redirect> {
  return change(redirect, {})
}

export async function createRedirect(repo: Repo, params: Params): Promise<Saved<typeof Redirect>> {
  return repo.insert(check(redirectChangeset(build(Redirect), params), leadsOut(repo)))
}

export async function updateRedirect(
  repo: Repo,
  redirect: Redirect,
  params: Params,
): Promise<Saved<typeof Redirect>> {
  return repo.update(check(redirectChangeset(redirect, params), leadsOut(repo)), AS_OPENED)
}

export async function deleteRedirect(
  repo: Repo,
  redirect: Redirect,
): Promise<Saved<typeof Redirect>> {
  return repo.delete(redirect)
}

/** More than that browsers do not follow. */
const MOST_STEPS = 10

/** Nobody who follows it comes round to it again. The last rule, as it looks at the others. */
function leadsOut(repo: Repo): Validator<typeof Redirect> {
  return prepareChanges<typeof Redirect>(async (changeset) => {
    const { id } = changeset.row
    const [path, target] = [getField(changeset, 'path'), getField(changeset, 'target')]
    if (!path || !target) return changeset
    // Something below it stands for all that is.
    const begin = path.endsWith(BELOW) ? `${path.slice(0, -BELOW.length)}/x` : path
    let at = targetOf({ path, target }, begin)
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (at === null || !at.startsWith('/')) return changeset
      const asked = pathOf(at)
      const others = from(Redirect).where('path', 'in', pathsFor(asked))
      const known = [{ path, target }, ...(await repo.all(others)).filter((one) => one.id !== id)]
      const [next] = known
        .filter((one) => pathsFor(asked).includes(one.path))
        .toSorted((a, b) => b.path.length - a.path.length)
      if (!next) return changeset
      at = targetOf(next, asked)
    }
    return addError(changeset, 'target', 'leads round and round')
  })
}
