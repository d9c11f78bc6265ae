import { QueryError } from '../errors.ts'
import { mergePreloads, type PreloadTree } from '../query/preload-tree.ts'
import { quoted, preparedStatement, type Statement } from '../query/statement.ts'
import {
  associationNamed,
  primaryKey,
  type KeyedAssociation,
  type ThroughAssociation,
} from '../schema/associations.ts'
import { loadedOn, schemaOf, stateOf } from '../schema/instance.ts'
import { type RowOf } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type AnyRow, shapeOf } from '../schema/shape.ts'
import { type Context, run } from './context.ts'

/** Copies of these rows with more loaded: see Repo.preload. */
export async function preloadInto(
  context: Context,
  rows: readonly RowOf<AnySchema>[],
  preloads: readonly unknown[],
  parallel = context.parallelPreloads,
): Promise<AnyRow[]> {
  const [first] = rows
  if (!first) return []
  const schema = schemaOf(first)
  const other = rows.find((row) => schemaOf(row) !== schema)
  if (other) {
    throw new QueryError(
      `repo.preload() takes rows of one schema, got: "${schema.source}" and "${schemaOf(other).source}"`,
    )
  }
  const tree = mergePreloads(schema, {}, preloads)
  const copies = rows.map((row) => widened(row, tree))
  await loadTree(context, schema, copies, tree, parallel)
  return copies
}

/** A copy with room for the tree, which leaves what the caller holds as it was. */
function widened(row: RowOf<AnySchema>, tree: PreloadTree): AnyRow {
  const names = new Set([...loadedOn(row), ...Object.keys(tree)])
  return shapeOf(schemaOf(row), stateOf(row), [...names]).fromRow(row)
}

/**
 * Loads a tree of associations into rows that have room for it. The branches of a level run side by
 * side, one query each, however many rows; each goes on with its own branches as soon as it is there.
 * What is loaded already is not read again, but what hangs below it is.
 */
export async function loadTree(
  context: Context,
  schema: AnySchema,
  parents: readonly AnyRow[],
  tree: PreloadTree,
  parallel: boolean,
): Promise<void> {
  const names = Object.keys(tree)
  if (parents.length === 0 || names.length === 0) return
  const throughs: ThroughAssociation[] = []
  const branches: (() => Promise<void>)[] = []
  for (const name of names) {
    const association = associationNamed(schema, name)
    const below = tree[name]?.nested ?? {}
    if (association.kind === 'through') throughs.push(association)
    else if (association.kind === 'manyToMany') throw new QueryError('manyToMany: to come')
    else branches.push(() => loadBranch(context, association, parents, below, parallel))
  }
  if (parallel) await Promise.all(branches.map((branch) => branch()))
  else for (const branch of branches) await branch()
  for (const through of throughs) assignThrough(through, parents)
}

async function loadBranch(
  context: Context,
  association: KeyedAssociation,
  parents: readonly AnyRow[],
  below: PreloadTree,
  parallel: boolean,
): Promise<void> {
  const { name, target } = association
  const missing = parents.filter((parent) => parent[name] === undefined)
  const kept = missing.length === parents.length ? [] : keepLoaded(association, parents, below)
  const fetched = await fetchRows(context, association, missing, Object.keys(below))
  await loadTree(context, target, [...kept, ...fetched], below, parallel)
  assign(association, missing, fetched)
}

/** Makes room on what is loaded already for what is to hang below it. */
function keepLoaded(
  { name }: KeyedAssociation,
  parents: readonly AnyRow[],
  below: PreloadTree,
): AnyRow[] {
  const kept: AnyRow[] = []
  const keep = (row: AnyRow): AnyRow => {
    // What an association holds is rows, and nothing but this file puts it there.
    const copy = widened(row as unknown as RowOf<AnySchema>, below)
    kept.push(copy)
    return copy
  }
  for (const parent of parents) {
    const loaded = parent[name]
    if (loaded === undefined || loaded === null) continue
    parent[name] = Array.isArray(loaded) ? loaded.map(keep) : keep(loaded as AnyRow)
  }
  return kept
}

async function fetchRows(
  context: Context,
  association: KeyedAssociation,
  parents: readonly AnyRow[],
  associations: readonly string[],
): Promise<AnyRow[]> {
  const { ownerKey, target } = association
  const keys = [...new Set(parents.map((parent) => parent[ownerKey.name]))].filter(
    (key) => key !== null,
  )
  if (keys.length === 0) return []
  const { one, many } = statementsOf(association)
  const bound =
    keys.length === 1 ? { statement: one, values: keys } : { statement: many, values: [keys] }
  const { rows } = await run(context, bound)
  return rows.map(shapeOf(target, 'loaded', associations).fromText)
}

function assign(
  { name, many, ownerKey, targetKey }: KeyedAssociation,
  parents: readonly AnyRow[],
  fetched: readonly AnyRow[],
): void {
  const [only] = parents
  if (many && only && parents.length === 1) {
    only[name] = fetched
    return
  }
  const byKey = Map.groupBy(fetched, (row) => row[targetKey.name])
  for (const parent of parents) {
    const found = byKey.get(parent[ownerKey.name]) ?? []
    parent[name] = many ? found : (found[0] ?? null)
  }
}

/** Walks the loaded path in memory: no query, each row once, in the order it is met. */
function assignThrough(
  { name, path, many, target }: ThroughAssociation,
  parents: readonly AnyRow[],
): void {
  const key = primaryKey(target, 'rows at the end of a through are told apart by it').name
  for (const parent of parents) {
    if (parent[name] !== undefined) continue
    const found = path.reduce<readonly AnyRow[]>(
      (rows, step) => rows.flatMap((row) => listOf(row[step])),
      [parent],
    )
    const distinct = [...new Map(found.map((row) => [row[key], row])).values()]
    parent[name] = many ? distinct : (distinct[0] ?? null)
  }
}

function listOf(value: unknown): readonly AnyRow[] {
  if (value === null || value === undefined) return []
  // An association holds rows or a row, and nothing but this file puts it there.
  return (Array.isArray(value) ? value : [value]) as readonly AnyRow[]
}

const statements = new WeakMap<KeyedAssociation, { one: Statement; many: Statement }>()

function statementsOf(association: KeyedAssociation): { one: Statement; many: Statement } {
  const known = statements.get(association)
  if (known) return known
  const { target, targetKey, order } = association
  const columns = target.columns.map(({ column }) => quoted(column)).join(', ')
  const key = quoted(targetKey.column)
  const select = (condition: string): Statement =>
    preparedStatement(
      `select ${columns} from ${quoted(target.source)} where ${key} ${condition}${orderBy(target, order)}`,
    )
  const fresh = { one: select('= $1'), many: select('= any($1)') }
  statements.set(association, fresh)
  return fresh
}

function orderBy(target: AnySchema, order: KeyedAssociation['order']): string {
  const terms = Object.entries(order).map(([field, direction]) => {
    const column = target.columns.find(({ name }) => name === field)
    return `${quoted(column?.column ?? field)} ${direction}`
  })
  return terms.length === 0 ? '' : ` order by ${terms.join(', ')}`
}
