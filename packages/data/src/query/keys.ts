import { type AnySchema } from '../schema/schema.ts'
import { columnsRead, type JoinedRead, joinedReads } from './columns-read.ts'
import { type Described, type Key, type QueryState, type Reference, type Term } from './model.ts'

/** What is read of a query: its rows as they are, how many, or some other value made of them. */
export type Wanted = string

const ids = new WeakMap<AnySchema, number>()
let lastId = 0

function schemaKey(schema: AnySchema): number {
  const known = ids.get(schema)
  if (known !== undefined) return known
  lastId += 1
  ids.set(schema, lastId)
  return lastId
}

export function referenceKey({ alias, column }: Reference): string {
  return alias === undefined ? String(column.index) : `${alias}.${column.index}`
}

/** The shape of a query as a part of another. */
export function describedKey(described: Described, wanted: Wanted = 'rows'): Key {
  const key = shapeKey(described, wanted)
  return key === undefined ? undefined : `{${schemaKey(described.schema)} ${key}}`
}

/** What two queries on one schema share when they differ in their values only. */
export function shapeKey({ schema, state }: Described, wanted: Wanted): Key {
  let key = wanted
  if (state.fields) {
    key += ` s${columnsRead(schema, state)
      .map(({ index }) => index)
      .join()}`
  }
  for (const condition of state.conditions) {
    if (condition.key === undefined) return undefined
    key += ` ${condition.key}`
  }
  for (const { by, direction } of state.order) {
    if (by.kind === 'expression') return undefined
    key += ` o${referenceKey(by.reference)}${direction}`
  }
  if (state.limit !== undefined) key += ` l${limitInText(state) ?? ''}`
  if (state.offset !== undefined) key += ' f'
  const more = isPlain(state) ? '' : rarerKey(schema, state, wanted)
  return more === undefined ? undefined : key + more
}

function isPlain({ joins, group, having, distinct, lock, from, computed }: QueryState): boolean {
  return (
    joins.length + group.length + having.length + computed.length === 0 &&
    distinct === undefined &&
    lock === undefined &&
    from === undefined
  )
}

function rarerKey(schema: AnySchema, state: QueryState, wanted: Wanted): Key {
  const parts: Key[] = [
    state.from ? describedKey(state.from) : '',
    ...state.joins.map(({ key }) => key),
    ...(wanted.startsWith('rows') ? joinedReads(schema, state).map(readKey) : []),
    ...state.having.map(({ key }) => key && `h${key}`),
    ...state.group.map((term) => termKey('g', term)),
    ...(state.distinct === true ? ['d'] : (state.distinct ?? []).map((term) => termKey('d', term))),
    state.lock ?? '',
    state.computed.length > 0 ? undefined : '',
  ]
  return parts.includes(undefined) ? undefined : ` ${parts.join(' ')}`
}

function termKey(prefix: string, term: Term): Key {
  return term.kind === 'expression' ? undefined : prefix + referenceKey(term.reference)
}

function readKey({ name, alias, joined }: JoinedRead): string {
  return `${name}:${alias}(${joined.map(readKey).join()})`
}

const MOST_IN_TEXT = 50

/** A small limit stands in the SQL itself: a plan for "some" rows is not the plan for one. */
export function limitInText({ limit }: QueryState): number | undefined {
  return limit !== undefined && limit <= MOST_IN_TEXT ? limit : undefined
}

/**
 * Values that stand in the SQL itself. Null has its own syntax; and PostgreSQL uses an index `where
 * published` only for a plan in which it can read that it may.
 */
export function isInText(value: unknown): value is boolean | null {
  return value === null || typeof value === 'boolean'
}
