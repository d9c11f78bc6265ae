import { QueryError } from '../errors.ts'
import { type Direction } from '../schema/association.ts'
import { isRecord } from '../schema/casts.ts'
import { type Column } from '../schema/schema.ts'
import { allOf, anyOf, conditionsOf, knownAmong } from './conditions.ts'
import {
  type Build,
  type Computed,
  type Condition,
  type Described,
  EMPTY,
  type OrderTerm,
  type PreloadTree,
  type QueryState,
  type Term,
} from './model.ts'
import { mergePreloads } from './preload-tree.ts'
import { columnNamed, namesOf, referenceNamed } from './references.ts'

const DIRECTIONS: readonly Direction[] = [
  'asc',
  'desc',
  'asc nulls first',
  'asc nulls last',
  'desc nulls first',
  'desc nulls last',
]

type Given = readonly unknown[]

/** All of `where` so far, and this. */
export function addWhere(query: Described, given: Given): QueryState {
  const added = conditionsOf(namesOf(query), 'where()', given)
  const { conditions } = query.state
  return { ...query.state, conditions: conditions.length === 0 ? added : [...conditions, ...added] }
}

/** All of `where` so far, or this. */
export function addOrWhere(query: Described, given: Given): QueryState {
  const { state } = query
  const conditions = either(state.conditions, conditionsOf(namesOf(query), 'orWhere()', given))
  return { ...state, conditions }
}

export function addHaving(query: Described, given: Given): QueryState {
  const added = conditionsOf(namesOf(query), 'having()', given)
  return { ...query.state, having: [...query.state.having, ...added] }
}

export function addOrHaving(query: Described, given: Given): QueryState {
  const { state } = query
  const having = either(state.having, conditionsOf(namesOf(query), 'orHaving()', given))
  return { ...state, having }
}

function either(so: readonly Condition[], given: readonly Condition[]): readonly Condition[] {
  const [left, right] = [allOf(so), allOf(given)]
  const both = anyOf([...(left ? [left] : []), ...(right ? [right] : [])])
  return both ? [both] : []
}

/** Comes after the order there is. */
export function addOrder(query: Described, given: Given): QueryState {
  return { ...query.state, order: [...query.state.order, ...orderOf(query, 'orderBy()', given)] }
}

/** Comes before the order there is. */
export function prependOrder(query: Described, given: Given): QueryState {
  const first = orderOf(query, 'prependOrderBy()', given)
  return { ...query.state, order: [...first, ...query.state.order] }
}

function orderOf(query: Described, call: string, [first, second]: Given): readonly OrderTerm[] {
  if (typeof first === 'function') {
    const direction = second === undefined ? 'asc' : knownAmong(DIRECTIONS, second, call)
    return [{ by: termOf(query, call, first), direction }]
  }
  if (!isRecord(first)) {
    throw new QueryError(
      `${call} for "${query.schema.source}" takes fields and directions, as { title: 'asc' }, or an expression and a direction, got: ${String(first)}`,
    )
  }
  return Object.entries(first).map(([name, given]) => {
    const direction = knownAmong(DIRECTIONS, given, call)
    return { by: termOf(query, call, name), direction }
  })
}

function termOf(query: Described, call: string, given: unknown): Term {
  if (typeof given === 'function') {
    // Query's overloads take no other function.
    return { kind: 'expression', build: given as Build<unknown> }
  }
  return { kind: 'column', reference: referenceNamed(namesOf(query), given, call) }
}

export function addGroup(query: Described, given: Given): QueryState {
  const terms = given.map((one) => termOf(query, 'groupBy()', one))
  return { ...query.state, group: [...query.state.group, ...terms] }
}

/** The last one given holds. */
export function setDistinct(query: Described, given: Given): QueryState {
  const [first] = given
  if (given.length === 0 || first === true) return { ...query.state, distinct: true }
  if (first === false) return { ...query.state, distinct: undefined }
  return { ...query.state, distinct: given.map((one) => termOf(query, 'distinct()', one)) }
}

const LOCKS = ['for update', 'for no key update', 'for share', 'for key share'] as const
const WAITS = ['', ' nowait', ' skip locked'] as const

/** How rows are locked that are read, until the transaction ends. */
export type Lock = `${(typeof LOCKS)[number]}${(typeof WAITS)[number]}`

/** The last one given holds. */
export function setLock({ state }: Described, lock: string): QueryState {
  const known = LOCKS.flatMap((strength) => WAITS.map((wait) => `${strength}${wait}`))
  return { ...state, lock: knownAmong(known, lock, 'lock()') }
}

export function addSelect({ schema, state }: Described, names: readonly string[]): QueryState {
  if (state.fields) {
    throw new QueryError(
      `select() was called twice for "${schema.source}": only one select is allowed in a query. ` +
        `Name all fields in one, or exclude('select') first.`,
    )
  }
  return { ...state, fields: names.map((name) => columnNamed(schema, name, 'select()')) }
}

/** What is computed for a virtual field twice is computed as it was said last. */
export function addComputed({ schema, state }: Described, given: unknown): QueryState {
  if (!isRecord(given)) {
    throw new QueryError(
      `selectMerge() for "${schema.source}" takes virtual fields and an expression for each, got: ${String(given)}`,
    )
  }
  const added = Object.entries(given).map(([name, build]): Computed => {
    const column = schema.virtuals.find((candidate) => candidate.name === name)
    if (!column) refuseComputed({ schema, state }, name)
    if (typeof build !== 'function') {
      throw new QueryError(
        `selectMerge({ ${name}: … }) for "${schema.source}" takes an expression.`,
      )
    }
    // Query's signature takes no other function.
    return { column, build: build as Build<unknown> }
  })
  const names = new Set(added.map(({ column }) => column))
  const kept = state.computed.filter(({ column }) => !names.has(column))
  return { ...state, computed: [...kept, ...added] }
}

function refuseComputed({ schema }: Described, name: string): never {
  const column: Column = columnNamed(schema, name, 'selectMerge()')
  throw new QueryError(
    `selectMerge() for "${schema.source}" fills virtual fields, and "${column.name}" is a column of the table. ` +
      `Declare a field for it: ${name}…: t.integer().virtual().`,
  )
}

export function addPreloads(query: Described, preloads: Given): QueryState {
  const { schema, state } = query
  return { ...state, preloads: mergePreloads(schema, state.preloads, preloads, state.joins) }
}

/** @throws QueryError when it is not a whole number from 0. */
export function checkCount(call: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new QueryError(`${call} takes a whole number that is not negative, got: ${count}`)
}

/** Clauses of a query that can be taken away. */
const PARTS = [
  'where',
  'having',
  'orderBy',
  'groupBy',
  'distinct',
  'limit',
  'offset',
  'lock',
  'select',
  'preload',
  'join',
  'innerJoin',
  'leftJoin',
  'rightJoin',
  'fullJoin',
  'crossJoin',
  'lateralJoin',
] as const
export type Part = (typeof PARTS)[number]

/** The query without these clauses, as if they had never been said. */
export function exclude({ schema, state }: Described, parts: readonly unknown[]): QueryState {
  const rest = parts
    .flat()
    .map((part) => knownAmong(PARTS, part, `exclude() for "${schema.source}"`))
    .reduce(without, state)
  const gone = joinedAliases(rest.preloads).find(
    (wanted) => !rest.joins.some(({ alias }) => alias === wanted),
  )
  if (gone === undefined) return rest
  throw new QueryError(
    `exclude() for "${schema.source}" takes the join "${gone}" away, whose rows are preloaded. ` +
      `Leave the join in, or exclude 'preload' as well.`,
  )
}

function joinedAliases(tree: PreloadTree): readonly string[] {
  return Object.values(tree).flatMap(({ how, nested }) => [
    ...(how?.kind === 'joined' ? [how.alias] : []),
    ...joinedAliases(nested),
  ])
}

function without(state: QueryState, part: Part): QueryState {
  switch (part) {
    case 'where':
      return { ...state, conditions: EMPTY.conditions }
    case 'having':
      return { ...state, having: EMPTY.having }
    case 'orderBy':
      return { ...state, order: EMPTY.order }
    case 'groupBy':
      return { ...state, group: EMPTY.group }
    case 'distinct':
    case 'limit':
    case 'offset':
    case 'lock':
      return { ...state, [part]: undefined }
    case 'select':
      return { ...state, fields: undefined, computed: EMPTY.computed }
    case 'preload':
      return { ...state, preloads: EMPTY.preloads }
    case 'lateralJoin':
      return { ...state, joins: state.joins.filter(({ type }) => !type.endsWith('Lateral')) }
    case 'join':
      return { ...state, joins: EMPTY.joins }
    default:
      return { ...state, joins: state.joins.filter(({ type }) => `${type}Join` !== part) }
  }
}
