import { ChangeError, QueryError, UnknownFieldError } from '../../errors.ts'
import { built } from '../../query/expressions.ts'
import { type Build, type Described } from '../../query/model.ts'
import { type ExpressionOver, type JoinMap } from '../../query/query.ts'
import { quoted } from '../../query/statement.ts'
import { type ColumnType } from '../../schema/field.ts'
import { type ColumnName } from '../../schema/row.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { toWrite } from './dump.ts'
import { type StatementText } from './statement-text.ts'

/** What becomes of the value that a field has. A class, so that no value of a field is taken for one. */
export class Operation<Kind extends 'inc' | 'push' | 'pull', Value> {
  readonly kind: Kind
  readonly value: Value

  constructor(kind: Kind, value: Value) {
    this.kind = kind
    this.value = value
  }
}

/** Adds to a number; `inc(-1)` takes away. The amount for an exact decimal is text: `inc('0.10')`. */
export function inc(amount: number): Operation<'inc', number>
export function inc(amount: string): Operation<'inc', string>
export function inc(amount: number | string): Operation<'inc', number | string> {
  return new Operation('inc', amount)
}

/** Adds an element at the end of an array. */
export function push<Element>(element: Element): Operation<'push', Element> {
  return new Operation('push', element)
}

/** Takes every such element out of an array. */
export function pull<Element>(element: Element): Operation<'pull', Element> {
  return new Operation('pull', element)
}

/**
 * What `updateAll` and an upsert do to fields: set them to a value, `inc`, `push` or `pull` them, or set
 * them to what a Kysely expression makes of the row and of what is joined.
 */
export type Assignments<S extends AnySchema, Joins extends JoinMap = {}> = {
  readonly [F in ColumnName<S>]?:
    | ColumnType<S['fields'][F]>
    | OperationOn<NonNullable<ColumnType<S['fields'][F]>>>
    | ExpressionOver<S, Joins>
}

/** Any text may be an exact decimal, as far as TypeScript can tell. */
type OperationOn<Value> = [Value] extends [number]
  ? Operation<'inc', number>
  : [string] extends [Value]
    ? Operation<'inc', string>
    : [Value] extends [readonly (infer Element)[]]
      ? Operation<'push' | 'pull', Element>
      : never

/**
 * `"plays" = "episodes"."plays" + $1`, for each field that is given.
 *
 * @throws UnknownFieldError · ChangeError · QueryError when nothing is given.
 */
export function assignments(
  query: Described,
  given: object,
  call: string,
  text: StatementText,
): readonly string[] {
  const { schema } = query
  const wanted = Object.entries(given).filter(([, value]) => value !== undefined)
  if (wanted.length === 0) {
    throw new QueryError(`${call} for "${schema.source}" was given no field to set.`)
  }
  return wanted.map(([name, value]) => {
    const column = updatableColumn(schema, name, call)
    return `${quoted(column.column)} = ${assigned(query, column, value, call, text)}`
  })
}

function assigned(
  query: Described,
  column: Column,
  value: unknown,
  call: string,
  text: StatementText,
): string {
  // The types of Assignments let no other function in.
  if (typeof value === 'function')
    return text.expression(built(query, value as Build<unknown>, undefined))
  if (!(value instanceof Operation)) return text.value(toWrite(query.schema, column, value, call))
  const own = `${quoted(query.schema.source)}.${quoted(column.column)}`
  if (value.kind === 'inc')
    return `${own} + ${amount(query.schema, column, value.value, call, text)}`
  const element = oneElement(query.schema, column, value, call)
  return `${value.kind === 'push' ? 'array_append' : 'array_remove'}(${own}, ${text.value(element)})`
}

const NUMBERS = ['bigint', 'integer', 'smallint', 'numeric', 'double precision', 'real']

function amount(
  schema: AnySchema,
  column: Column,
  by: unknown,
  call: string,
  text: StatementText,
): string {
  const { type } = column.field
  if (type.sqlTypes.every((name) => NUMBERS.includes(name)) && type.name !== 'enum') {
    return text.value(toWrite(schema, column, by, call))
  }
  throw new ChangeError(
    `${call} for "${schema.source}" was given inc() for "${column.name}", which is no number but of type ${type.name}.`,
  )
}

function oneElement(
  schema: AnySchema,
  column: Column,
  { kind, value }: Operation<'inc' | 'push' | 'pull', unknown>,
  call: string,
): unknown {
  const { type } = column.field
  if (type.sqlTypes.every((name) => name.endsWith('[]'))) {
    // A list of one element has passed as a value of this type.
    const [element] = toWrite(schema, column, [value], call) as readonly unknown[]
    return element
  }
  throw new ChangeError(
    `${call} for "${schema.source}" was given ${kind}() for "${column.name}", which is no array but of type ${type.name}.`,
  )
}

/**
 * The column of a field that a statement may set in rows that are there.
 *
 * @throws UnknownFieldError · ChangeError
 */
export function updatableColumn(schema: AnySchema, name: string, call: string): Column {
  return writableColumn(schema, name, call, ['always'])
}

/** The column of a field that a statement may set in a new row. */
export function insertableColumn(schema: AnySchema, name: string, call: string): Column {
  return writableColumn(schema, name, call, ['always', 'insert'])
}

function writableColumn(
  schema: AnySchema,
  name: string,
  call: string,
  when: readonly string[],
): Column {
  const column = schema.columns.find((one) => one.name === name)
  if (column && when.includes(column.field.whenWritable)) return column
  if (column) {
    throw new ChangeError(
      `${call} for "${schema.source}" cannot write "${name}", which is writable('${column.field.whenWritable}').`,
    )
  }
  if (Object.hasOwn(schema.fields, name)) {
    throw new ChangeError(
      `${call} for "${schema.source}" cannot write "${name}", which is virtual: it is in no table.`,
    )
  }
  throw new UnknownFieldError(schema, name, call)
}
