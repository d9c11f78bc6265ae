import { from, type Repo } from '@showrunner/data'
import { BELOW, pathOf, Redirect, type RedirectStatus } from './redirect.ts'

/** What a redirect says of an address. */
export interface Led {
  readonly status: RedirectStatus
  /** Null, where it is gone. */
  readonly target: string | null
}

type Line = Pick<Redirect, 'path' | 'target' | 'status'>

/** Where an address leads that is not the site's own; undefined where nobody said. The longest path that fits decides. */
export async function findRedirect(repo: Repo, address: string): Promise<Led | undefined> {
  const path = pathOf(address)
  const fitting = await repo.all(from(Redirect).where('path', 'in', pathsFor(path)))
  const [best] = fitting.toSorted(
    (a, b) => b.path.length - a.path.length || (a.path === path ? -1 : 1),
  )
  // The database holds the status to these.
  return best && { status: best.status as RedirectStatus, target: targetOf(best, path) }
}

/** The paths under which it may be written down: itself, and whatever it lies below. */
export function pathsFor(path: string): readonly string[] {
  const parts = path.split('/').slice(1)
  const above = parts
    .slice(0, -1)
    .map((_, index) => `/${parts.slice(0, index + 1).join('/')}${BELOW}`)
  return [path, ...above]
}

export function targetOf({ path, target }: Omit<Line, 'status'>, asked: string): string | null {
  if (!target?.endsWith(BELOW) || !path.endsWith(BELOW)) return target
  const rest = asked.slice(path.length - BELOW.length)
  return target.slice(0, -BELOW.length) + rest
}
