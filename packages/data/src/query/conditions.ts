import { QueryError } from '../errors.ts'
import { type AssociationWhere } from '../schema/association.ts'
import { isRecord } from '../schema/casts.ts'
import { type AnySchema } from '../schema/schema.ts'
import { castValue } from './cast-value.ts'
import { describedKey, isInText, referenceKey } from './keys.ts'
import {
  type Build,
  type Condition,
  FreeCondition,
  type Key,
  type Operand,
  type Reference,
} from './model.ts'
import { Parent, Subquery } from './operands.ts'
import { columnNamed, type Names, referenceNamed } from './references.ts'

const TUPLE_OPERATORS = ['=', '<', '<=', '>', '>='] as const
const OPERATORS = [
  ...TUPLE_OPERATORS,
  '!=',
  'like',
  'ilike',
  'in',
  'not in',
  'is',
  'is not',
] as const

export type Operator = (typeof OPERATORS)[number]
export type TupleOperator = (typeof TUPLE_OPERATORS)[number]

/**
 * What `where`, or anything that takes the same, was given in any of its forms. All of them have to hold.
 *
 * @throws QueryError · UnknownFieldError · CastError
 */
export function conditionsOf(
  names: Names,
  call: string,
  [first, operator, value]: readonly unknown[],
): readonly Condition[] {
  if (typeof first === 'string') return [comparison(names, call, first, operator, value)]
  if (typeof first === 'function') {
    // The overloads of `where` take no other function.
    return [{ kind: 'expression', build: first as Build, alias: undefined, key: undefined }]
  }
  if (Array.isArray(first)) return [tuple(names, call, first, operator, value)]
  if (first instanceof FreeCondition) return free(names, call, first)
  if (!isRecord(first)) {
    throw new QueryError(
      `${call} for "${names.schema.source}" takes fields, an expression or a dynamic, got: ${String(first)}`,
    )
  }
  return Object.entries(first).map(([name, wanted]) => comparison(names, call, name, '=', wanted))
}

/** Rows for which all hold; undefined of none. */
export function allOf(conditions: readonly Condition[]): Condition | undefined {
  return together('all', conditions)
}

/** Rows for which one holds at least; undefined of none. */
export function anyOf(conditions: readonly Condition[]): Condition | undefined {
  return together('any', conditions)
}

function together(kind: 'all' | 'any', given: readonly Condition[]): Condition | undefined {
  const of = given.flatMap((one) => (one.kind === kind ? one.of : [one]))
  return of.length < 2 ? of[0] : { kind, of, key: keyOfAll(kind, of) }
}

export function notOf(condition: Condition): Condition {
  const key = condition.key === undefined ? undefined : `!${condition.key}`
  return { kind: 'not', condition, key }
}

function keyOfAll(kind: string, conditions: readonly Condition[]): Key {
  const keys = conditions.map(({ key }) => key)
  return keys.includes(undefined) ? undefined : `${kind}(${keys.join(' ')})`
}

function comparison(
  names: Names,
  call: string,
  name: string,
  operator: unknown,
  value: unknown,
): Condition {
  const reference = referenceNamed(names, name, call)
  const known = knownAmong(OPERATORS, operator, call)
  return compared(schemaOf(names, reference), call, reference, known, value)
}

function schemaOf({ schema, joins }: Names, { alias }: Reference): AnySchema {
  return joins.find((join) => join.alias === alias)?.schema ?? schema
}

/** A column compared with a value, a subquery or a field of the query around. */
export function compared(
  schema: AnySchema,
  call: string,
  reference: Reference,
  operator: Operator,
  value: unknown,
): Condition {
  const operand = operandOf(schema, call, reference, operator, value)
  const operandKey = keyOfOperand(operand)
  const key =
    operandKey === undefined ? undefined : `${referenceKey(reference)}${operator}${operandKey}`
  return { kind: 'comparison', reference, operator, operand, key }
}

function keyOfOperand(operand: Operand): Key {
  if (operand.kind === 'parent') return `^${operand.name}`
  if (operand.kind === 'query') {
    const key = describedKey(operand.query)
    return key === undefined ? undefined : operand.quantity + key
  }
  return isInText(operand.value) ? String(operand.value) : ''
}

function operandOf(
  schema: AnySchema,
  call: string,
  { column }: Reference,
  operator: Operator,
  value: unknown,
): Operand {
  if (value instanceof Parent) return { kind: 'parent', name: value.name }
  const called = `${call.slice(0, -1)}'${column.name}', '${operator}', …)`
  if (value instanceof Subquery) return queryOperand(called, operator, value)
  if (operator === 'is' || operator === 'is not') {
    if (value === null) return { kind: 'value', value }
    throw new QueryError(`${called} compares with null only. Use '=' or '!=' for a value.`)
  }
  if (operator === 'in' || operator === 'not in') {
    if (!Array.isArray(value)) throw new QueryError(`${called} takes a list or a subquery().`)
    return { kind: 'value', value: value.map((item) => castValue(schema, column, item)) }
  }
  return { kind: 'value', value: castValue(schema, column, value) }
}

function queryOperand(called: string, operator: Operator, value: Subquery): Operand {
  const { query, quantity } = value
  if (operator === 'is' || operator === 'is not') {
    throw new QueryError(`${called} compares with null only. Use '=' or '!=' for a value.`)
  }
  if ((operator === 'in' || operator === 'not in') && quantity !== 'one') {
    throw new QueryError(
      `${called} takes subquery(…). anyOf() and allOf() go with '=', '<' and so on.`,
    )
  }
  const { fields, computed } = query.state
  if ((fields?.length ?? Infinity) + computed.length === 1) {
    return { kind: 'query', query, quantity }
  }
  throw new QueryError(
    `${called} compares with one value of each row, so its subquery has to select one field: ` +
      `subquery(from(…).select('id')).`,
  )
}

function tuple(
  names: Names,
  call: string,
  fields: readonly unknown[],
  operator: unknown,
  values: unknown,
): Condition {
  if (!Array.isArray(values) || values.length !== fields.length) {
    throw new QueryError(
      `${call.slice(0, -1)}[${fields.join(', ')}], …) takes a list of ${fields.length} values`,
    )
  }
  const references = fields.map((name) => referenceNamed(names, name, call))
  const known = knownAmong(TUPLE_OPERATORS, operator, `${call.slice(0, -1)}[…])`)
  return {
    kind: 'tuple',
    references,
    operator: known,
    values: references.map((reference, index) =>
      castValue(schemaOf(names, reference), reference.column, values[index]),
    ),
    key: `(${references.map(referenceKey).join()})${known}`,
  }
}

function free(names: Names, call: string, given: FreeCondition): readonly Condition[] {
  const { schema, condition } = given
  if (schema !== undefined && schema !== names.schema) {
    throw new QueryError(
      `${call} for "${names.schema.source}" got a dynamic for "${schema.source}".`,
    )
  }
  if (condition === undefined) return []
  for (const { alias, column } of referencesIn(condition)) {
    if (alias === undefined) continue
    const there = names.joins.find((join) => join.alias === alias)?.schema
    if (there?.columns.includes(column)) continue
    const wanted = given.joins.find((join) => join.alias === alias)
    throw new QueryError(
      `${call} for "${names.schema.source}" got a dynamic that names "${alias}.${column.name}", ` +
        `but the query has no join "${alias}" of "${wanted?.schema.source}". Call .join('${alias}') first.`,
    )
  }
  return [condition]
}

function referencesIn(condition: Condition): readonly Reference[] {
  switch (condition.kind) {
    case 'comparison':
      return [condition.reference]
    case 'tuple':
      return condition.references
    case 'all':
    case 'any':
      return condition.of.flatMap(referencesIn)
    case 'not':
      return referencesIn(condition.condition)
    default:
      return []
  }
}

/**
 * The conditions of an association's `where`, which are about its target as the query calls it.
 *
 * @throws QueryError · CastError
 */
export function associationConditions(
  target: AnySchema,
  alias: string | undefined,
  where: AssociationWhere,
): readonly Condition[] {
  if (typeof where === 'function') {
    return [{ kind: 'expression', build: where, alias, key: undefined }]
  }
  return Object.entries(where).map(([name, wanted]) =>
    wantedOf(target, { alias, column: columnNamed(target, name, 'where') }, wanted),
  )
}

/** `null`, `{ not: … }`, `{ in: […] }`, or a value. */
export function wantedOf(schema: AnySchema, reference: Reference, wanted: unknown): Condition {
  const is = (operator: Operator, value: unknown): Condition =>
    compared(schema, 'where()', reference, operator, value)
  if (wanted === null) return is('is', null)
  if (isRecord(wanted) && 'in' in wanted) return is('in', wanted['in'])
  if (isRecord(wanted) && 'not' in wanted) {
    return wanted['not'] === null ? is('is not', null) : is('!=', wanted['not'])
  }
  return is('=', wanted)
}

/** The same condition about a table that the query calls otherwise. */
export function renamed(condition: Condition, alias: string): Condition {
  const about = (reference: Reference): Reference =>
    reference.alias === undefined ? { ...reference, alias } : reference
  switch (condition.kind) {
    case 'comparison': {
      const reference = about(condition.reference)
      const key = condition.key === undefined ? undefined : `${alias}.${condition.key}`
      return { ...condition, reference, key }
    }
    case 'tuple':
      return {
        ...condition,
        references: condition.references.map(about),
        key: `${alias}.${condition.key}`,
      }
    case 'all':
    case 'any': {
      const of = condition.of.map((one) => renamed(one, alias))
      return { ...condition, of, key: keyOfAll(condition.kind, of) }
    }
    case 'not':
      return notOf(renamed(condition.condition, alias))
    case 'expression':
      return { ...condition, alias: condition.alias ?? alias }
    case 'exists':
      return condition
    default:
      return condition satisfies never
  }
}

/** @throws QueryError that lists what is known. */
export function knownAmong<Known extends string>(
  known: readonly Known[],
  given: unknown,
  call: string,
): Known {
  const found = known.find((one) => one === given)
  if (found !== undefined) return found
  throw new QueryError(`${call} does not know "${String(given)}". Known: ${known.join(', ')}.`)
}
