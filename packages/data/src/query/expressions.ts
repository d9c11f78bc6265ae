import {
  type Expression,
  expressionBuilder,
  ExpressionWrapper,
  type RawBuilder,
  sql,
  type SqlBool,
} from 'kysely'

import { QueryError } from '../errors.ts'
import { snakeCase } from '../names.ts'
import { type AnySchema } from '../schema/schema.ts'
import { inScope } from './kysely-names.ts'
import { isInText } from './keys.ts'
import {
  type Build,
  type Condition,
  type Described,
  type Join,
  type Operand,
  type Reference,
  type Term,
} from './model.ts'
import { namesOf, referenceNamed } from './references.ts'
import { quoted } from './statement.ts'

/** A query where it stands: in another one, perhaps, whose columns it may name. */
export interface Placed extends Described {
  readonly around: Placed | undefined
}

/** Makes the SQL of a query inside another. */
export type Inner = (query: Placed, wanted: 'rows' | 'any') => Expression<unknown>

/** What a query calls the rows of its joins in SQL; of its own, by the table's name. */
export function sqlAlias(schema: AnySchema, alias: string | undefined): string {
  return alias === undefined ? schema.source : snakeCase(alias)
}

/** @throws QueryError when the join it is of was excluded. */
export function columnText({ schema, state }: Described, { alias, column }: Reference): string {
  if (alias !== undefined && !state.joins.some((join) => reaches(join, alias))) {
    throw new QueryError(
      `the query on "${schema.source}" names "${alias}.${column.name}", but it has no join "${alias}" any more. ` +
        `Leave the join in, or exclude what names it.`,
    )
  }
  return `${quoted(sqlAlias(schema, alias))}.${quoted(column.column)}`
}

function reaches(join: Join, alias: string): boolean {
  return join.alias === alias || join.steps.some((step) => step.alias === alias)
}

export function columnExpression(query: Described, reference: Reference): RawBuilder<unknown> {
  return sql.raw(columnText(query, reference))
}

export function termExpression(query: Placed, term: Term): Expression<unknown> {
  return term.kind === 'column'
    ? columnExpression(query, term.reference)
    : built(query, term.build, undefined)
}

/** The caller's expression, its names as the database has them and its columns told apart from those of joins. */
export function built<Value>(
  { schema, state }: Described,
  build: Build<Value>,
  alias: string | undefined,
): Expression<Value> {
  // The caller's function was written for the typed builder of this very schema.
  const expression = build(expressionBuilder() as never)
  const target = alias === undefined ? schema : schemaOf(state.joins, alias)
  const node = inScope(expression.toOperationNode(), {
    table: target?.source,
    alias: sqlAlias(schema, alias),
    qualify: state.joins.length > 0 && target ? target.columns : [],
  })
  return new ExpressionWrapper(node)
}

function schemaOf(joins: readonly Join[], alias: string): AnySchema | undefined {
  const step = joins.flatMap(({ steps }) => steps).find((one) => one.alias === alias)
  return step?.schema ?? joins.find((join) => join.alias === alias)?.schema
}

export function conditionExpression(
  query: Placed,
  condition: Condition,
  inner: Inner,
): Expression<SqlBool> {
  switch (condition.kind) {
    case 'comparison':
      return comparisonExpression(query, condition, inner)
    case 'tuple': {
      const left = condition.references.map((reference) => columnExpression(query, reference))
      return sql`(${sql.join(left)}) ${sql.raw(condition.operator)} (${sql.join(condition.values)})`
    }
    case 'all':
    case 'any': {
      const parts = condition.of.map((one) => conditionExpression(query, one, inner))
      return sql`(${sql.join(parts, condition.kind === 'all' ? sql` and ` : sql` or `)})`
    }
    case 'not':
      return sql`not (${conditionExpression(query, condition.condition, inner)})`
    case 'exists':
      return sql`exists ${inner({ ...condition.query, around: query }, 'any')}`
    case 'expression':
      return built(query, condition.build, condition.alias)
    default:
      return condition satisfies never
  }
}

function comparisonExpression(
  query: Placed,
  { reference, operator, operand }: Extract<Condition, { kind: 'comparison' }>,
  inner: Inner,
): Expression<SqlBool> {
  const left = columnExpression(query, reference)
  const right = operandExpression(query, operand, inner)
  const isValue = operand.kind === 'value'
  switch (operator) {
    case 'in':
      return isValue ? sql`${left} = any(${right})` : sql`${left} in ${right}`
    case 'not in':
      return isValue ? sql`${left} <> all(${right})` : sql`${left} not in ${right}`
    default:
      return sql`${left} ${sql.raw(operator)} ${right}`
  }
}

function operandExpression(query: Placed, operand: Operand, inner: Inner): Expression<unknown> {
  switch (operand.kind) {
    case 'value':
      return isInText(operand.value) ? sql.lit(operand.value) : sql`${operand.value}`
    case 'parent':
      return parentExpression(query, operand.name)
    case 'query': {
      const rows = inner({ ...operand.query, around: query }, 'rows')
      return operand.quantity === 'one' ? sql`${rows}` : sql`${sql.raw(operand.quantity)} ${rows}`
    }
    default:
      return operand satisfies never
  }
}

function parentExpression({ schema, around }: Placed, name: string): Expression<unknown> {
  const call = `parent('${name}')`
  if (!around) {
    throw new QueryError(
      `${call} in a query on "${schema.source}" is a field of the query around it, and there is none.`,
    )
  }
  const reference = referenceNamed(namesOf(around), name, call)
  if (sqlAlias(around.schema, reference.alias) === schema.source) {
    throw new QueryError(
      `${call} in a query on "${schema.source}" cannot be told from its own fields, as the query around it has rows ` +
        `under that name too. Join the table under another name around it, or write the subquery with Kysely.`,
    )
  }
  return columnExpression(around, reference)
}
