import { inspect, isDeepStrictEqual } from 'node:util'

import { QueryError, UnknownAssociationError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { associationNamed, associationNames } from '../schema/associations.ts'
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
        `invalid preload ${inspect(preload, { depth: 0 })} for ${titleOf(schema)}: ` +
          `names, lists of them, and objects are wanted, as 'author' or { comments: ['author'] }.`,
      )
    }
    return Object.entries(preload).reduce(
      (grown, [name, nested]) => mergeOne(schema, grown, name, listOf(nested), joins),
      merged,
    )
  }, tree)
}

/** The associations in a tree, without the fields whose rows it goes into. */
export function associationsIn(tree: PreloadTree): string[] {
  return Object.keys(tree).filter((name) => tree[name]?.how?.kind !== 'embedded')
}

/** The schema of the rows that a field of this schema holds; undefined of any other field. */
export function embeddedIn(schema: AnySchema, name: string): AnySchema | undefined {
  return Object.hasOwn(schema.fields, name) ? schema.fields[name]?.type.embed?.schema : undefined
}

function mergeOne(
  schema: AnySchema,
  tree: PreloadTree,
  name: string,
  given: readonly unknown[],
  joins: readonly Join[],
): PreloadTree {
  const embedded = embeddedIn(schema, name)
  if (embedded) {
    const added = embeddedNode(schema, embedded, name, given)
    return { ...tree, [name]: mergeNodes(embedded, name, tree[name], added) }
  }
  refuseUnknown(schema, name)
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

function refuseUnknown(schema: AnySchema, name: string): void {
  const associations = associationNames(schema)
  if (associations.includes(name)) return
  const embeds = Object.keys(schema.fields).filter((field) => embeddedIn(schema, field))
  throw new UnknownAssociationError(schema, name, [...associations, ...embeds])
}

/** What is loaded on rows that are there already. */
function embeddedNode(
  schema: AnySchema,
  embedded: AnySchema,
  name: string,
  given: readonly unknown[],
): PreloadNode {
  const how = given.find(
    (one) => typeof one === 'function' || one instanceof Description || one instanceof Joined,
  )
  if (how !== undefined) {
    throw new QueryError(
      `cannot preload embedded field "${name}" of ${titleOf(schema)} by a query, a function or a join: ` +
        `its rows are in the field. Name what to load on them: { ${name}: '…' }.`,
    )
  }
  const nested = mergePreloads(embedded, {}, given)
  if (Object.keys(nested).length > 0) return { how: { kind: 'embedded' }, nested }
  throw new QueryError(
    `cannot preload embedded field "${name}" of ${titleOf(schema)} without also preloading one of its associations, ` +
      `as it has no effect: its rows are in the field. Name what to load on them: { ${name}: '…' }. ` +
      `Associations: ${associationNames(embedded).join(', ') || 'none'}.`,
  )
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
    `cannot preload "${name}" with rows of ${titleOf(given)}: its rows are of ${titleOf(wanted)}.`,
  )
}

function mergeTrees(schema: AnySchema, left: PreloadTree, right: PreloadTree): PreloadTree {
  return Object.entries(right).reduce<PreloadTree>((merged, [name, node]) => {
    const target = embeddedIn(schema, name) ?? associationNamed(schema, name).target
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
