import { QueryError } from '../../errors.ts'
import { titleOf } from '../../names.ts'
import { type PreloadTree } from '../../query/model.ts'
import { type QueriedAssociation } from '../../query/preload-query.ts'
import { type ThroughAssociation } from '../../schema/associations.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type AnyRow } from '../../schema/shape.ts'

/** Rows of an association, and the key of each one's owner. */
export interface Found {
  readonly rows: readonly AnyRow[]
  readonly owners: readonly unknown[]
}

/** Gives each parent its own of the rows, in their order: all of them, or the first. */
export function assign(
  { name, many, ownerKey }: QueriedAssociation,
  parents: readonly AnyRow[],
  found: Found,
): void {
  if (many) {
    const lists = listsByOwner(found)
    for (const parent of parents) parent[name] = lists.get(parent[ownerKey.name]) ?? []
  } else {
    const firsts = firstByOwner(found)
    for (const parent of parents) parent[name] = firsts.get(parent[ownerKey.name]) ?? null
  }
}

function listsByOwner({ rows, owners }: Found): Map<unknown, AnyRow[]> {
  const lists = new Map<unknown, AnyRow[]>()
  rows.forEach((row, index) => {
    const owner = owners[index]
    const list = lists.get(owner)
    if (list) list.push(row)
    else lists.set(owner, [row])
  })
  return lists
}

function firstByOwner({ rows, owners }: Found): Map<unknown, AnyRow> {
  const firsts = new Map<unknown, AnyRow>()
  rows.forEach((row, index) => {
    const owner = owners[index]
    if (!firsts.has(owner)) firsts.set(owner, row)
  })
  return firsts
}

/** Walks the loaded path in memory: no statement, each row once, in the order it is met. */
export function assignThrough(
  { name, path, many, target }: ThroughAssociation,
  parents: readonly AnyRow[],
  nested: PreloadTree,
): void {
  const isFilled = Object.keys(nested).length === 0
  for (const parent of parents) {
    const held = parent[name]
    if (held !== undefined && isFilled) continue
    const met = rowsMet(target, name, path, parent)
    if (held === undefined) parent[name] = many ? [...met.values()] : (first(met) ?? null)
    else parent[name] = replaced(held, (row) => met.get(keyOf(target, name, row)) ?? row)
  }
}

function rowsMet(
  target: AnySchema,
  name: string,
  path: readonly string[],
  parent: AnyRow,
): Map<unknown, AnyRow> {
  let rows: readonly AnyRow[] = [parent]
  for (const step of path) rows = rows.flatMap((row) => listOf(row[step]))
  const met = new Map<unknown, AnyRow>()
  for (const row of rows) {
    const key = keyOf(target, name, row)
    if (!met.has(key)) met.set(key, row)
  }
  return met
}

/** What tells the rows at the end of a through apart. */
function keyOf(target: AnySchema, name: string, row: AnyRow): unknown {
  const values = target.primaryKey.map((column) => row[column.name])
  if (values.length > 0 && values.every((value) => value != null)) {
    return values.length === 1 ? values[0] : JSON.stringify(values)
  }
  const wanted = target.primaryKey.map((column) => column.name).join(', ')
  throw new QueryError(
    `cannot preload "${name}": rows of ${titleOf(target)} at the end of a through are told apart by their primary key, ` +
      (wanted === '' ? 'and the schema has none.' : `${wanted}, and one of them has none.`),
  )
}

function first(met: ReadonlyMap<unknown, AnyRow>): AnyRow | undefined {
  const [row] = met.values()
  return row
}

/** What was loaded stays, and has now what hangs below it. */
function replaced(held: unknown, replacement: (row: AnyRow) => AnyRow): unknown {
  if (held === null) return null
  const rows = listOf(held).map(replacement)
  return Array.isArray(held) ? rows : rows[0]
}

/** The rows that an association holds. */
export function listOf(held: unknown): readonly AnyRow[] {
  if (held === null || held === undefined) return []
  // An association holds rows or a row: what loads it sees to that.
  return (Array.isArray(held) ? held : [held]) as readonly AnyRow[]
}
