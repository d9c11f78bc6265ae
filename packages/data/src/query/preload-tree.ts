import { isDeepStrictEqual } from 'node:util'

import { QueryError } from '../errors.ts'
import { associationNamed } from '../schema/associations.ts'
import { isRecord } from '../schema/casts.ts'
import { type AnySchema } from '../schema/schema.ts'
import { Joined } from './joined.ts'
import {
  Description,
  type Join,
  type LoadRows,
  type PreloadHow,
  type PreloadNode,
  type PreloadTree,
} from './model.ts'

export type { PreloadHow, PreloadNode, PreloadTree } from './model.ts'

/**
 * Adds preloads, in whatever way they are written, to those there are.
 *
 * @throws UnknownAssociationError · QueryError when an association is to be loaded in two ways.
 */
export function mergePreloads(
  schema: AnySchema,
  tree: PreloadTree,
  preloads: readonly unknown[],
  joins: readonly Join[] = [],
): PreloadTree {
  return preloads.reduce<PreloadTree>((merged, preload) => {
    if (typeof preload === 'string') return mergeOne(schema, merged, preload, [], joins)
    if (Array.isArray(preload)) return mergePreloads(schema, merged, preload, joins)
    if (!isRecord(preload)) {
      throw new QueryError(
        `preload() for "${schema.source}" takes names, lists and objects, got: ${String(preload)}`,
      )
    }
    return Object.entries(preload).reduce(
      (grown, [name, nested]) => mergeOne(schema, grown, name, listOf(nested), joins),
      merged,
    )
  }, tree)
}

function mergeOne(
  schema: AnySchema,
  tree: PreloadTree,
  name: string,
  given: readonly unknown[],
  joins: readonly Join[],
): PreloadTree {
  const association = associationNamed(schema, name)
  const added = nodeOf(association.target, name, given, joins)
  const merged = mergeNodes(association.target, name, tree[name], added)
  if (association.kind !== 'through' || merged.how?.kind === 'joined') {
    return { ...tree, [name]: merged }
  }
  // What hangs below a through hangs below its last step, and is found by its query: the rows are the same.
  const grown = mergePath(schema, tree, association.path, added)
  return { ...grown, [name]: { nested: merged.nested } }
}

function mergePath(
  schema: AnySchema,
  tree: PreloadTree,
  path: readonly string[],
  last: PreloadNode,
): PreloadTree {
  const [step = '', ...rest] = path
  const association = associationNamed(schema, step)
  if (rest.length === 0 && association.kind !== 'through') {
    return { ...tree, [step]: mergeNodes(association.target, step, tree[step], last) }
  }
  if (association.kind === 'through') {
    const grown = mergePath(schema, tree, [...association.path, ...rest], last)
    return { ...grown, [step]: grown[step] ?? { nested: {} } }
  }
  const node = tree[step] ?? { nested: {} }
  return {
    ...tree,
    [step]: { ...node, nested: mergePath(association.target, node.nested, rest, last) },
  }
}

function nodeOf(
  schema: AnySchema,
  name: string,
  given: readonly unknown[],
  joins: readonly Join[],
): PreloadNode {
  return given.reduce<PreloadNode>(
    (node, one) => {
      if (one instanceof Description) {
        refuseSchema(schema, name, one.schema)
        const how: PreloadHow = { kind: 'query', query: one }
        return mergeNodes(schema, name, node, { how, nested: one.state.preloads })
      }
      if (typeof one === 'function') {
        // Preload<S> takes no other function.
        const how: PreloadHow = { kind: 'function', load: one as LoadRows }
        return mergeNodes(schema, name, node, { how, nested: {} })
      }
      if (one instanceof Joined) {
        const how = joinedRows(schema, name, one.alias, joins)
        const nested = mergePreloads(schema, {}, one.nested, joins)
        return mergeNodes(schema, name, node, { how, nested })
      }
      return { ...node, nested: mergePreloads(schema, node.nested, [one], joins) }
    },
    { nested: {} },
  )
}

function joinedRows(
  schema: AnySchema,
  name: string,
  alias: string,
  joins: readonly Join[],
): PreloadHow {
  const join = joins.find((candidate) => candidate.alias === alias)
  if (!join) {
    const known = joins.length === 0 ? 'none' : joins.map((one) => one.alias).join(', ')
    throw new QueryError(
      `cannot preload "${name}" from the join "${alias}", which the query does not have. ` +
        `Call .join('${alias}') before .preload(). Joins: ${known}.`,
    )
  }
  refuseSchema(schema, name, join.schema)
  return { kind: 'joined', alias }
}

function refuseSchema(wanted: AnySchema, name: string, given: AnySchema): void {
  if (wanted === given) return
  throw new QueryError(
    `cannot preload "${name}" with rows of "${given.source}": its rows are of "${wanted.source}".`,
  )
}

function mergeTrees(schema: AnySchema, left: PreloadTree, right: PreloadTree): PreloadTree {
  return Object.entries(right).reduce<PreloadTree>((merged, [name, node]) => {
    const { target } = associationNamed(schema, name)
    return { ...merged, [name]: mergeNodes(target, name, merged[name], node) }
  }, left)
}

/** Of two ways to load one association, the one that says more holds; two that differ cannot both. */
function mergeNodes(
  target: AnySchema,
  name: string,
  left: PreloadNode | undefined,
  right: PreloadNode,
): PreloadNode {
  if (!left) return right
  const nested = mergeTrees(target, left.nested, right.nested)
  const how = left.how ?? right.how
  if (!how) return { nested }
  if (left.how && right.how && !isDeepStrictEqual(left.how, right.how)) {
    throw new QueryError(
      `cannot preload "${name}" as it has been supplied more than once with different queries. ` +
        `Rows of one association can be loaded in one way only: leave one of the two out.`,
    )
  }
  return { nested, how }
}

function listOf(nested: unknown): readonly unknown[] {
  return Array.isArray(nested) ? nested : [nested]
}
