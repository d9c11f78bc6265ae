import { type Read, type Scope } from '@showrunner/data'
import { type Change } from './change.ts'

/** Rows that a page was made from: a change of one of them makes it stale. */
export type Dependency = Pick<Read, 'table' | 'scopes'>

/** Whether a change may be one of these rows. It may be that it is not, but never that it is when this says no. */
export function touches(
  { table, scopes }: Dependency,
  { table: changed, values }: Change,
): boolean {
  if (table !== changed) return false
  // What is one of no values is no row.
  if (scopes.some((scope) => scope.values.length === 0)) return false
  if (!values) return true
  return scopes.every(({ column, values: wanted }) => {
    const found = values.get(column)
    return !found || found.some((value) => value !== null && wanted.includes(value))
  })
}

/** Whether all rows of the one are certainly rows of the other. */
export function contains(wide: Dependency, narrow: Dependency): boolean {
  if (wide.table !== narrow.table) return false
  return wide.scopes.every((scope) =>
    narrow.scopes.some(
      ({ column, values }) =>
        column === scope.column && values.every((value) => scope.values.includes(value)),
    ),
  )
}

/** The scope that tells a page from most others: what a dependency is looked up by. */
export function narrowest(scopes: readonly Scope[]): Scope | undefined {
  let best = scopes[0]
  for (const scope of scopes) if (best && rank(scope) < rank(best)) best = scope
  return best
}

function rank({ column, values }: Scope): number {
  if (column === 'id') return 0
  const isFlag = values.every((value) => value === 'true' || value === 'false')
  if (isFlag) return 3
  return column.endsWith('_id') ? 2 : 1
}
