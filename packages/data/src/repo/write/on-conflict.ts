import { inspect } from 'node:util'

import { QueryError } from '../../errors.ts'
import { conditionExpression } from '../../query/expressions.ts'
import { type Condition, EMPTY } from '../../query/model.ts'
import { type Query } from '../../query/query.ts'
import { innerQuery } from '../../query/select.ts'
import { sourceOf } from '../../query/source.ts'
import { quoted } from '../../query/statement.ts'
import { type ColumnName } from '../../schema/row.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { refuseUnusable } from './bulk.ts'
import { type Context } from '../context.ts'
import { type Assignments, assignments, updatableColumn } from './operations.ts'
import { type StatementText } from './statement-text.ts'
import { scoped } from '../tenancy/tenancy.ts'
import { changesOfTenant } from '../tenancy/tenant-writes.ts'

/** What an insert does where a row is in its way: fails, unless said. In SQL, and in expressions, `excluded` is the new row. */
export type ConflictOptions<S extends AnySchema> =
  | { readonly onConflict?: 'raise'; readonly conflictTarget?: never }
  | { readonly onConflict: 'nothing'; readonly conflictTarget?: ConflictTarget<S> }
  | { readonly onConflict: ConflictUpdate<S>; readonly conflictTarget: ConflictTarget<S> }

/** Writes something into the row that is in the way. */
export type ConflictUpdate<S extends AnySchema> =
  /** All that the new row would have, but for the conflict target and an id that the database counts up. */
  | 'replaceAll'
  /** These of the new row's fields. */
  | { readonly replace: readonly ColumnName<S>[] }
  /** As `replaceAll`, without these. */
  | { readonly replaceAllExcept: readonly ColumnName<S>[] }
  /** These assignments, as in `updateAll`; only to a row that the query's conditions hold for, if one is given. */
  | { readonly set: Assignments<S, { readonly excluded: S }>; readonly where?: Query<S> }

/** What tells that a row is in the way: the fields of a unique index, a constraint, or such a clause as SQL. */
export type ConflictTarget<S extends AnySchema> =
  | ColumnName<S>
  | readonly ColumnName<S>[]
  | { readonly constraint: string }
  /** Stands in the SQL as it is, so never put a value into it: `(lower(email)) where not deleted`. */
  | { readonly unsafeFragment: string }

/** A conflict target of any schema. */
export type AnyTarget =
  string | readonly string[] | { readonly constraint?: string; readonly unsafeFragment?: string }

/** The same, of any schema. */
export interface AnyConflictOptions {
  readonly onConflict?:
    | 'raise'
    | 'nothing'
    | 'replaceAll'
    | {
        readonly replace?: readonly string[]
        readonly replaceAllExcept?: readonly string[]
        readonly set?: object
        readonly where?: unknown
      }
  readonly conflictTarget?: AnyTarget
}

export const CONFLICT_OPTIONS = ['onConflict', 'conflictTarget'] as const

/**
 * ` on conflict ("slug") do update set …`, or nothing where a conflict is an error.
 *
 * @throws QueryError · UnknownFieldError · ChangeError
 */
export function conflictClause(
  context: Context,
  schema: AnySchema,
  options: AnyConflictOptions,
  call: string,
  text: StatementText,
): string {
  const { onConflict = 'raise', conflictTarget } = options
  refuseUnknown(schema, onConflict, call)
  if (onConflict === 'raise') {
    if (conflictTarget === undefined) return ''
    throw new QueryError(
      `${call} for "${schema.source}" was given a conflictTarget without onConflict, so a conflict would raise whatever its target. ` +
        `Say what is to be done: { onConflict: 'nothing', … } or { onConflict: { replace: […] }, … }.`,
    )
  }
  const target = targetText(schema, conflictTarget, call)
  if (onConflict === 'nothing') return ` on conflict${target} do nothing`
  if (target === '') {
    throw new QueryError(
      `${call} for "${schema.source}" is to update a row that is in the way, so PostgreSQL has to know which unique index that is about. ` +
        `Add conflictTarget: a field, a list of fields, or { constraint: '…' }.`,
    )
  }
  const sets = updateText(context, schema, options, call, text)
  const inTheWay = { schema, state: { ...EMPTY, conditions: conditionsOf(schema, options, call) } }
  const where = scoped(context.tenancy, inTheWay).state.conditions.map((one) =>
    text.expression(conditionExpression({ ...inTheWay, around: undefined }, one, innerQuery)),
  )
  const narrowed = where.length === 0 ? '' : ` where ${where.join(' and ')}`
  return ` on conflict${target} do update set ${sets}${narrowed}`
}

const WORDS = ['raise', 'nothing', 'replaceAll']
const UPDATES = ['replace', 'replaceAllExcept', 'set']

function refuseUnknown(
  schema: AnySchema,
  onConflict: NonNullable<AnyConflictOptions['onConflict']>,
  call: string,
): void {
  const known =
    typeof onConflict === 'string'
      ? WORDS.includes(onConflict)
      : UPDATES.filter((name) => name in onConflict).length === 1 &&
        Object.keys(onConflict).every((name) => UPDATES.includes(name) || name === 'where') &&
        ('set' in onConflict || !('where' in onConflict))
  if (known) return
  throw new QueryError(
    `${call} for "${schema.source}" does not know onConflict: ${inspect(onConflict, { depth: 1, breakLength: Infinity })}. ` +
      `Known: 'raise', 'nothing', 'replaceAll', { replace: […] }, { replaceAllExcept: […] }, { set: {…}, where? }.`,
  )
}

function targetText(schema: AnySchema, target: AnyTarget | undefined, call: string): string {
  if (target === undefined) return ''
  if (typeof target === 'object' && 'constraint' in target && target.constraint !== undefined) {
    return ` on constraint ${quoted(target.constraint)}`
  }
  if (typeof target === 'object' && 'unsafeFragment' in target) return ` ${target.unsafeFragment}`
  const columns = targetColumns(schema, target, call)
  return columns.length === 0 ? '' : ` (${columns.map(({ column }) => quoted(column)).join(', ')})`
}

function targetColumns(
  schema: AnySchema,
  target: AnyTarget | undefined,
  call: string,
): readonly Column[] {
  if (typeof target === 'string') return [conflictColumn(schema, target, call)]
  return isList(target) ? target.map((name) => conflictColumn(schema, name, call)) : []
}

function isList(target: unknown): target is readonly string[] {
  return Array.isArray(target)
}

function conflictColumn(schema: AnySchema, name: string, call: string): Column {
  const column = schema.columns.find((one) => one.name === name)
  if (column) return column
  const known = schema.columns.map((one) => one.name).join(', ')
  throw new QueryError(
    `${call} for "${schema.source}" was given the conflictTarget "${name}", which is none of its columns. Known: ${known}.`,
  )
}

function updateText(
  context: Context,
  schema: AnySchema,
  { onConflict, conflictTarget }: AnyConflictOptions,
  call: string,
  text: StatementText,
): string {
  if (typeof onConflict === 'object' && onConflict.set) {
    const query = { schema, state: EMPTY }
    const set = changesOfTenant(context, query, { ...onConflict.set }, `${call} onConflict`)
    return assignments(query, set, `${call} onConflict`, text).join(', ')
  }
  const target = targetColumns(schema, conflictTarget, call)
  const replaced = replacedColumns(schema, onConflict, target, call)
  return replaced.map(({ column }) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ')
}

/** That the row in the way has to be like this, or it stays as it is. */
function conditionsOf(
  schema: AnySchema,
  { onConflict }: AnyConflictOptions,
  call: string,
): readonly Condition[] {
  if (typeof onConflict !== 'object' || onConflict.where === undefined) return []
  // The types of ConflictUpdate let nothing but a query in, and sourceOf refuses what is none.
  const query = sourceOf(onConflict.where as AnySchema)
  refuseUnusable(query, `${call} onConflict`, ['join'])
  if (query.schema === schema) return query.state.conditions
  throw new QueryError(
    `${call} for "${schema.source}" was given an onConflict with a query on "${query.schema.source}". It has to be on "${schema.source}" as well.`,
  )
}

function replacedColumns(
  schema: AnySchema,
  onConflict: AnyConflictOptions['onConflict'],
  target: readonly Column[],
  call: string,
): readonly Column[] {
  const { replace, replaceAllExcept = [] } = typeof onConflict === 'object' ? onConflict : {}
  const columns = replace
    ? replace.map((name) => updatableColumn(schema, name, `${call} onConflict`))
    : replaceable(schema, [
        ...target,
        ...replaceAllExcept.map((name) => updatableColumn(schema, name, `${call} onConflict`)),
      ])
  if (columns.length > 0) return columns
  throw new QueryError(
    `${call} for "${schema.source}" was given an onConflict that replaces no field. Name some, or say { onConflict: 'nothing' }.`,
  )
}

function replaceable(schema: AnySchema, except: readonly Column[]): readonly Column[] {
  return schema.columns.filter(
    (column) =>
      !except.includes(column) &&
      column.field.whenWritable === 'always' &&
      // Its new value would be the next one of the sequence, and what points to the row would lose it.
      !(column.field.isPrimaryKey && column.field.filledBy === 'database'),
  )
}
