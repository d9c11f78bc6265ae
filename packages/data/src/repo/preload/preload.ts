import { QueryError } from '../../errors.ts'
import { titleOf } from '../../names.ts'
import { type PreloadNode, type PreloadTree } from '../../query/model.ts'
import { embeddedIn, mergePreloads } from '../../query/preload-tree.ts'
import { associationNamed, type ResolvedAssociation } from '../../schema/associations.ts'
import { isRow, schemaOf } from '../../schema/instance.ts'
import { type RowOf } from '../../schema/row.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type AnyRow, cameBy, type Way } from '../../schema/shape.ts'
import { type Context } from '../context.ts'
import { assign, assignThrough, listOf } from './preload-assign.ts'
import { rowIn, withRoom } from './preload-room.ts'
import { findRows } from './preload-rows.ts'

/** How a tree is loaded, the same all the way down. */
interface Loading {
  readonly context: Context
  readonly parallel: boolean
  /** What is loaded on rows that were given is read again. */
  readonly force: boolean
}

export interface LoadOptions {
  readonly parallel?: boolean
  readonly force?: boolean
}

/** Copies of these rows with more loaded, null and undefined in their places: see Repo.preload. */
export async function preloadInto(
  context: Context,
  given: readonly unknown[],
  preloads: readonly unknown[],
  { parallel, force = false }: LoadOptions,
): Promise<unknown[]> {
  const [first] = given.filter((row) => row != null)
  if (first === undefined) return [...given]
  const schema = schemaOf(checkedRow(first))
  const tree = mergePreloads(schema, {}, preloads)
  const copies = given.map((row) => {
    if (row == null) return row
    refuseOther(schema, checkedRow(row))
    return withRoom(checkedRow(row), tree, force)
  })
  const rows = copies.filter((copy) => copy != null) as readonly AnyRow[]
  const loading = { context, parallel: isParallel(context, parallel), force }
  await loadLevel(loading, { root: schema, path: [] }, schema, rows, tree)
  return copies
}

/**
 * Loads a tree of associations into rows that have room for it. The branches of a level run side by
 * side, one statement each, however many rows; each goes on with its own branches as soon as it is
 * there. On one connection they follow each other.
 */
export async function loadTree(
  context: Context,
  schema: AnySchema,
  parents: readonly AnyRow[],
  tree: PreloadTree,
): Promise<void> {
  const loading = { context, parallel: isParallel(context, undefined), force: false }
  await loadLevel(loading, { root: schema, path: [] }, schema, parents, tree)
}

function isParallel(context: Context, wanted = context.parallelPreloads): boolean {
  const { transactions, pinned } = context
  return wanted && !transactions.getStore() && !pinned.getStore()
}

function checkedRow(given: unknown): RowOf<AnySchema> {
  if (isRow(given)) return given
  throw new QueryError(`repo.preload() takes rows, a row, null or undefined, got: ${String(given)}`)
}

function refuseOther(schema: AnySchema, row: RowOf<AnySchema>): void {
  const other = schemaOf(row)
  if (other === schema) return
  throw new QueryError(
    `repo.preload() takes rows of one schema, got: ${titleOf(schema)} and ${titleOf(other)}`,
  )
}

async function loadLevel(
  loading: Loading,
  way: Way,
  schema: AnySchema,
  parents: readonly AnyRow[],
  tree: PreloadTree,
): Promise<void> {
  const nodes = Object.entries(tree)
  if (parents.length === 0 || nodes.length === 0) return
  const branches: (() => Promise<void>)[] = []
  const throughs: (() => void)[] = []
  for (const [name, node] of nodes) {
    const below = { root: way.root, path: [...way.path, name] }
    if (node.how?.kind === 'embedded') {
      branches.push(() => loadEmbedded(loading, below, schema, parents, node))
      continue
    }
    const association = associationNamed(schema, name)
    if (association.kind === 'through' && !node.how) {
      throughs.push(() => assignThrough(association, parents, node.nested))
    } else branches.push(() => loadBranch(loading, below, association, parents, node))
  }
  if (loading.parallel) await sideBySide(branches)
  else for (const branch of branches) await branch()
  // What they walk is loaded now.
  for (const walk of throughs) walk()
}

/** Nothing is under way any more when it fails. */
async function sideBySide(branches: readonly (() => Promise<void>)[]): Promise<void> {
  const ends = await Promise.allSettled(branches.map((branch) => branch()))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function loadBranch(
  loading: Loading,
  way: Way,
  association: ResolvedAssociation,
  parents: readonly AnyRow[],
  node: PreloadNode,
): Promise<void> {
  const { name, target } = association
  const { nested } = node
  if (association.kind === 'through' || node.how?.kind === 'joined') {
    const joined = parents.flatMap((parent) => listOf(parent[name]))
    remember(joined, way)
    return loadLevel(loading, way, target, joined, nested)
  }
  const missing = parents.filter((parent) => parent[name] === undefined)
  const kept = missing.length === parents.length ? [] : keepLoaded(name, parents, nested)
  const found = await findRows(loading.context, association, missing, node)
  remember(found.rows, way)
  const rows = kept.length === 0 ? found.rows : [...kept, ...found.rows]
  await loadLevel(loading, way, target, rows, found.nested)
  assign(association, missing, found)
}

/** So that whoever touches what they have not loaded is told where to say it. */
function remember([row]: readonly AnyRow[], way: Way): void {
  if (row && isRow(row)) cameBy(row, way)
}

/** Makes room on what is loaded already for what is to hang below it. */
function keepLoaded(name: string, parents: readonly AnyRow[], nested: PreloadTree): AnyRow[] {
  if (Object.keys(nested).length === 0) return []
  const copies = new Map<unknown, AnyRow>()
  const keep = (row: unknown): AnyRow => {
    const known = copies.get(row)
    if (known) return known
    const copy = withRoom(rowIn(name, row), nested)
    copies.set(row, copy)
    return copy
  }
  for (const parent of parents) {
    const loaded = parent[name]
    if (loaded === undefined || loaded === null) continue
    parent[name] = Array.isArray(loaded) ? loaded.map(keep) : keep(loaded)
  }
  return [...copies.values()]
}

/** The rows stand in the parents: copies with room for more take their place. */
async function loadEmbedded(
  loading: Loading,
  way: Way,
  schema: AnySchema,
  parents: readonly AnyRow[],
  { nested }: PreloadNode,
): Promise<void> {
  const name = way.path.at(-1) ?? ''
  const embedded = embeddedIn(schema, name)
  if (!embedded) return
  const copies: AnyRow[] = []
  const copy = (row: unknown): AnyRow => {
    const fresh = withRoom(rowIn(name, row), nested, loading.force)
    copies.push(fresh)
    return fresh
  }
  for (const parent of parents) {
    const held = parent[name]
    if (held === null || held === undefined) continue
    parent[name] = Array.isArray(held) ? held.map(copy) : copy(held)
  }
  remember(copies, way)
  await loadLevel(loading, way, embedded, copies, nested)
}
