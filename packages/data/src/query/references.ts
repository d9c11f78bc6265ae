import { QueryError, UnknownFieldError } from '../errors.ts'
import { hint } from '../names.ts'
import { associationNames } from '../schema/associations.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { columnsRead } from './columns-read.ts'
import { type Described, type Join, type Reference } from './model.ts'

/** What the names in a query may stand for: its schema's columns, and those of its joins by `alias.field`. */
export interface Names {
  readonly schema: AnySchema
  readonly joins: readonly Join[]
  /** The fields that rows of a subquery have besides their columns. */
  readonly computed: readonly Column[]
  /** What the rows of a subquery have; undefined of a table, which has all. */
  readonly read?: readonly Column[] | undefined
}

export function namesOf({ schema, state }: Described): Names {
  const computed = state.from?.state.computed.map(({ column }) => column) ?? []
  return { schema, joins: state.joins, computed, read: readBy(state.from) }
}

function readBy(query: Described | undefined): readonly Column[] | undefined {
  return query && columnsRead(query.schema, query.state)
}

/**
 * The column that `title`, or `reviews.stars`, stands for.
 *
 * @throws UnknownFieldError · QueryError for a join that the query does not have.
 */
export function referenceNamed(names: Names, name: unknown, call: string): Reference {
  if (typeof name !== 'string') {
    throw new QueryError(
      `${call} for "${names.schema.source}" takes names of fields, got: ${String(name)}`,
    )
  }
  const [alias, field] = splitName(name)
  if (alias === undefined) {
    const computed = names.computed.find((column) => column.name === name)
    const column = computed ?? columnNamed(names.schema, field, call)
    refuseUnread(names.read, column, name, call)
    return { alias, column }
  }
  const join = joinNamed(names, alias, call)
  const column = columnNamed(join.schema, field, call)
  refuseUnread(readBy(join.query), column, name, call)
  return { alias, column }
}

function refuseUnread(
  read: readonly Column[] | undefined,
  column: Column,
  name: string,
  call: string,
): void {
  if (!read || read.includes(column)) return
  throw new QueryError(
    `"${name}" given to ${call} is not among the fields that the subquery selects: ` +
      `${read.map((one) => one.name).join(', ')}. Add it to the subquery's select().`,
  )
}

function splitName(name: string): [alias: string | undefined, field: string] {
  const dot = name.indexOf('.')
  return dot === -1 ? [undefined, name] : [name.slice(0, dot), name.slice(dot + 1)]
}

/** @throws QueryError */
export function joinNamed({ schema, joins }: Names, alias: string, call: string): Join {
  const join = joins.find((candidate) => candidate.alias === alias)
  if (join) return join
  const known = joins.map((one) => one.alias)
  throw new QueryError(
    `${call} names the join "${alias}", which the query on "${schema.source}" does not have. ` +
      `Call .join('${alias}') first.${hint('joins', alias, known)}`,
  )
}

/** @throws UnknownFieldError · QueryError for an association and for a field that is in no table. */
export function columnNamed(schema: AnySchema, name: string, call: string): Column {
  const column = schema.columns.find((candidate) => candidate.name === name)
  if (column) return column
  const named = `"${name}" given to ${call} for "${schema.source}"`
  if (schema.virtuals.some((candidate) => candidate.name === name)) {
    throw new QueryError(
      `${named} is a virtual field, which the table does not have. ` +
        `Only selectMerge() can fill it; name the columns it is made of instead.`,
    )
  }
  if (associationNames(schema).includes(name)) {
    const key = `${name}Id`
    const meant = schema.columns.some((candidate) => candidate.name === key)
      ? `Did you mean "${key}"?`
      : `Call .join('${name}') and name one of its fields: '${name}.id'.`
    throw new QueryError(`${named} is an association, not a field. ${meant}`)
  }
  throw new UnknownFieldError(schema, name, call)
}
