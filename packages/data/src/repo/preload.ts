import { type PreloadTree } from '../query/preload-tree.ts'
import { preparedStatement, quoted, type Statement } from '../query/statement.ts'
import {
  associationNamed,
  type KeyedAssociation,
  type ResolvedAssociation,
  type ThroughAssociation,
} from '../schema/associations.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Context, run } from './context.ts'
import { loader } from './load.ts'

type AnyRow = Record<string, unknown>

/**
 * Loads a tree of associations into these rows. First the branches of this level, each with one query
 * for all rows; each branch goes on with its own branches as soon as it is there; then the throughs,
 * from what is loaded. An association that is loaded already is kept, and its rows' preloads are filled.
 */
export async function loadTree(
  context: Context,
  schema: AnySchema,
  rows: readonly object[],
  tree: PreloadTree,
  parallel: boolean,
): Promise<void> {
  const branches = Object.entries(tree).map(([name, below]) => ({
    association: associationNamed(schema, name),
    below,
  }))
  if (rows.length === 0 || branches.length === 0) return
  // Rows are readonly for their readers; until they are handed out, this is what completes them.
  const parents = rows as readonly AnyRow[]
  const load = async ({ association, below }: (typeof branches)[number]): Promise<void> => {
    if (association.kind !== 'through')
      await loadBranch(context, association, parents, below, parallel)
  }
  if (parallel) await Promise.all(branches.map(load))
  else for (const branch of branches) await load(branch)
  for (const { association } of branches) {
    if (association.kind === 'through') assignThrough(association, parents)
  }
}

async function loadBranch(
  context: Context,
  association: KeyedAssociation,
  parents: readonly AnyRow[],
  below: PreloadTree,
  parallel: boolean,
): Promise<void> {
  const { name, ownerKey, target } = association
  const missing = parents.filter((parent) => !Object.hasOwn(parent, name))
  const keys = [...new Set(missing.map((parent) => parent[ownerKey.name]))].filter(
    (key) => key != null,
  )
  const fetched = keys.length === 0 ? [] : await fetchRows(context, association, keys)
  const kept = parents
    .filter((parent) => !missing.includes(parent))
    .flatMap((parent) => listOf(parent[name]))
  await loadTree(context, target, [...kept, ...fetched], below, parallel)
  assign(association, missing, fetched)
}

async function fetchRows(
  context: Context,
  association: KeyedAssociation,
  keys: readonly unknown[],
): Promise<AnyRow[]> {
  const { one, many } = statementsOf(association)
  const bound =
    keys.length === 1 ? { statement: one, values: keys } : { statement: many, values: [keys] }
  const { rows } = await run(context, bound)
  return rows.map(loader(association.target))
}

function assign(
  { name, many, ownerKey, targetKey }: KeyedAssociation,
  parents: readonly AnyRow[],
  fetched: readonly AnyRow[],
): void {
  const byKey = Map.groupBy(fetched, (row) => row[targetKey.name])
  for (const parent of parents) {
    const found = byKey.get(parent[ownerKey.name]) ?? []
    parent[name] = many ? found : (found[0] ?? null)
  }
}

/** Walks the loaded path in memory: no query, each row once, in the order it is met. */
function assignThrough(association: ThroughAssociation, parents: readonly AnyRow[]): void {
  for (const parent of parents) {
    if (Object.hasOwn(parent, association.name)) continue
    const found = association.path.reduce<readonly AnyRow[]>(
      (rows, step) => rows.flatMap((row) => listOf(row[step])),
      [parent],
    )
    const distinct = [...new Map(found.map((row) => [row['id'] ?? row, row])).values()]
    parent[association.name] = association.many ? distinct : (distinct[0] ?? null)
  }
}

function listOf(value: unknown): readonly AnyRow[] {
  if (value == null) return []
  // Loaded associations hold rows, or one row: nothing else is ever assigned to them.
  return (Array.isArray(value) ? value : [value]) as readonly AnyRow[]
}

const statements = new WeakMap<ResolvedAssociation, { one: Statement; many: Statement }>()

function statementsOf(association: KeyedAssociation): { one: Statement; many: Statement } {
  const known = statements.get(association)
  if (known) return known
  const { target, targetKey, order } = association
  const columns = target.columns.map(({ column }) => quoted(column)).join(', ')
  const key = quoted(targetKey.column)
  const text = (condition: string) =>
    `select ${columns} from ${quoted(target.source)} where ${key} ${condition}${orderBy(target, order)}`
  const fresh = {
    one: preparedStatement(text('= $1')),
    many: preparedStatement(text('= any($1)')),
  }
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
