import { type Expression, type OperationNode } from 'kysely'

import { expressionBuilder } from 'kysely'

import {
  type Build,
  type Condition,
  type Described,
  type Join,
  type Reference,
  type Term,
} from '../../query/model.ts'
import { type Moment, type Read, type Scope } from './read.ts'
import { readsOfNode } from './reads-of-node.ts'

/** Types whose equal values are written in one way only, here as in PostgreSQL. */
const EXACT: ReadonlySet<string> = new Set(['string', 'integer', 'boolean', 'enum', 'uuid'])

/** What the statement of a query looks at: never less, and as little as its clauses say. Preloads are statements of their own. */
export function readsOfQuery({ schema, state }: Described): readonly Read[] {
  const known = all(state.conditions)
  const inside = [...state.conditions, ...state.having, ...state.joins.flatMap(conditionsOfJoin)]
  const hidden = [
    ...inside.flatMap(withinCondition),
    ...[...state.group, ...state.order.map(({ by }) => by)].flatMap(withinTerm),
    ...(typeof state.distinct === 'object' ? state.distinct.flatMap(withinTerm) : []),
    ...state.computed.flatMap(({ build }) => withinBuild(build)),
  ].map((read) => (read.table === '' ? { ...read, table: schema.source } : read))
  const moments = inside.flatMap(momentsOf)
  const readOf = (table: string, alias: string | undefined): Read => ({
    table,
    scopes: known.flatMap((condition) => scopesOf(condition, alias)),
    moments: moments.filter((one) => one.alias === alias).map(({ moment }) => moment),
  })
  const own = state.from ? readsOfQuery(state.from) : [readOf(schema.source, undefined)]
  const joined = state.joins.flatMap((join) =>
    tablesOf(join).map(([table, alias]) => readOf(table, alias)),
  )
  const below = state.joins.flatMap(({ query }) => (query ? readsOfQuery(query) : []))
  return [...own, ...joined, ...below, ...hidden]
}

/** The tables of a join, by what the query calls them. */
function tablesOf({ steps, query, schema, alias }: Join): readonly (readonly [string, string])[] {
  if (steps.length > 0) return steps.map((step) => [step.source, step.alias] as const)
  return query ? [] : [[schema.source, alias]]
}

function conditionsOfJoin({ steps, on }: Join): readonly Condition[] {
  return [...steps.flatMap((step) => step.on), ...on]
}

/** Conditions that hold for every row that counts. */
function all(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.flatMap((one) => (one.kind === 'all' ? all(one.of) : [one]))
}

function scopesOf(condition: Condition, alias: string | undefined): readonly Scope[] {
  if (condition.kind === 'tuple' && condition.operator === '=') {
    return condition.references.flatMap((reference, index) =>
      scopeOf(reference, alias, [condition.values[index]]),
    )
  }
  if (condition.kind !== 'comparison' || condition.operand.kind !== 'value') return []
  const { reference, operator, operand } = condition
  if (operator === '=') return scopeOf(reference, alias, [operand.value])
  // A list was cast value by value.
  return operator === 'in' ? scopeOf(reference, alias, operand.value as readonly unknown[]) : []
}

function scopeOf(
  { alias, column }: Reference,
  wanted: string | undefined,
  values: readonly unknown[],
): readonly Scope[] {
  if (alias !== wanted || !EXACT.has(column.field.type.name)) return []
  return [{ column: column.column, values: values.map(String) }]
}

interface PlacedMoment {
  readonly alias: string | undefined
  readonly moment: Moment
}

function momentsOf(condition: Condition): readonly PlacedMoment[] {
  switch (condition.kind) {
    case 'comparison': {
      const { reference, operator, operand } = condition
      if (operand.kind !== 'value') return []
      return [operand.value].flat().flatMap(momentAt(reference, operator))
    }
    case 'tuple': {
      const { references, operator, values } = condition
      return references.flatMap((reference, index) => momentAt(reference, operator)(values[index]))
    }
    case 'all':
    case 'any':
      return condition.of.flatMap(momentsOf)
    case 'not':
      return momentsOf(condition.condition)
    case 'exists':
    case 'expression':
      return []
    default:
      return condition satisfies never
  }
}

function momentAt({ alias, column }: Reference, operator: string) {
  return (value: unknown): readonly PlacedMoment[] =>
    value instanceof Date ? [{ alias, moment: { column: column.column, operator, at: value } }] : []
}

/** What subqueries and expressions in a condition look at. */
function withinCondition(condition: Condition): readonly Read[] {
  switch (condition.kind) {
    case 'comparison':
      return condition.operand.kind === 'query' ? readsOfQuery(condition.operand.query) : []
    case 'tuple':
      return []
    case 'all':
    case 'any':
      return condition.of.flatMap(withinCondition)
    case 'not':
      return withinCondition(condition.condition)
    case 'exists':
      return readsOfQuery(condition.query)
    case 'expression':
      return withinBuild(condition.build)
    default:
      return condition satisfies never
  }
}

function withinTerm(term: Term): readonly Read[] {
  return term.kind === 'expression' ? withinBuild(term.build) : []
}

function withinBuild(build: Build<unknown>): readonly Read[] {
  return readsOfNode(nodeOf(build))
}

function nodeOf(build: Build<unknown>): OperationNode {
  // The caller's function was written for the typed builder of the very query it stands in.
  const expression: Expression<unknown> = build(expressionBuilder() as never)
  return expression.toOperationNode()
}
