import { type Repo, sql } from '@showrunner/data'
import { freeSlug, slugOf } from '../slugs/index.ts'

/** A handle for somebody of this name that nobody has. */
export async function freeHandle(repo: Repo, name: string): Promise<string> {
  const handle = handleOf(name)
  const taken = await takenHandles(repo, sql`handle like ${`${handle}%`}`)
  return freeSlug(handle, (candidate) => taken.has(candidate))
}

/** The same for many, each of them another one; in one look at all there are. */
export async function freeHandles(
  repo: Repo,
  names: readonly string[],
): Promise<readonly string[]> {
  const handles = names.map(handleOf)
  const wanted = [...new Set(handles)]
  const taken = await takenHandles(
    repo,
    sql`(handle = any(${wanted}::text[]) or regexp_replace(handle, '-[0-9]+$', '') = any(${wanted}::text[]))`,
  )
  return handles.map((handle) => {
    const free = freeSlug(handle, (candidate) => taken.has(candidate))
    taken.add(free)
    return free
  })
}

function handleOf(name: string): string {
  return slugOf(name) || 'member'
}

async function takenHandles(repo: Repo, alike: ReturnType<typeof sql>): Promise<Set<string>> {
  // What led to somebody leads there for good.
  const rows = await repo.unscoped().run(
    sql<{ handle: string }>`select handle from people where ${alike}
      union all select handle from person_handles where ${alike}`,
  )
  // Pickers say `new` of somebody who is to be added.
  return new Set(['new', ...rows.map(({ handle }) => handle)])
}
