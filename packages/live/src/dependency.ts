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

/** The same rows, each said once. */
export function together(reads: readonly Dependency[]): readonly Dependency[] {
  const byShape = new Map<string, Dependency[]>()
  const whole = new Set(reads.filter(({ scopes }) => scopes.length === 0).map(({ table }) => table))
  for (const { table, scopes } of reads) {
    if (scopes.length > 0 && whole.has(table)) continue
    const shape = `${table} ${scopes.map(({ column }) => column).join()}`
    const alike = byShape.get(shape) ?? []
    byShape.set(shape, alike)
    alike.push({ table, scopes })
  }
  return [...byShape.values()].flatMap(merged)
}

function merged(alike: readonly Dependency[]): readonly Dependency[] {
  const [first] = alike
  if (!first) return []
  const [only, ...others] = first.scopes
  if (only && others.length === 0) {
    const values = new Set(alike.flatMap(({ scopes }) => scopes.flatMap((scope) => scope.values)))
    return [{ table: first.table, scopes: [{ column: only.column, values: [...values] }] }]
  }
  return [...new Map(alike.map((one) => [JSON.stringify(one.scopes), one])).values()]
}

/** The scope that tells a page from most others: what a dependency is looked up by. */
export function narrowest(scopes: readonly Scope[]): Scope | undefined {
  return scopes.toSorted((left, right) => rank(left) - rank(right))[0]
}

function rank({ column, values }: Scope): number {
  if (column === 'id') return 0
  const isFlag = values.every((value) => value === 'true' || value === 'false')
  if (isFlag) return 3
  return column.endsWith('_id') ? 2 : 1
}
