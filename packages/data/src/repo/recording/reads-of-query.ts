import { type Expression, expressionBuilder, type OperationNode } from 'kysely'

import {
  type Build,
  type Condition,
  type Described,
  type QueryState,
  type Reference,
  type Term,
} from '../../query/model.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Moment, type Read, type Scope } from './read.ts'
import { addReadsOfNode } from './reads-of-node.ts'

/** Types whose equal values are written in one way only, here as in PostgreSQL. */
const EXACT: ReadonlySet<string> = new Set(['string', 'integer', 'boolean', 'enum', 'uuid'])

/** What the statement of a query looks at: never less, and as little as its clauses say. Preloads are statements of their own. */
export function addReadsOfQuery({ schema, state }: Described, reads: Read[]): void {
  const seen: Seen = { schema, own: [], reads }
  if (state.from) addReadsOfQuery(state.from, reads)
  else addOwn(seen, schema.source, undefined)
  if (state.joins.length > 0) addJoins(state, seen)
  for (const condition of state.conditions) addCondition(condition, seen, true)
  for (const condition of state.having) addCondition(condition, seen, false)
  for (const { by } of state.order) addTerm(by, seen)
  for (const term of state.group) addTerm(term, seen)
  if (typeof state.distinct === 'object') for (const term of state.distinct) addTerm(term, seen)
  for (const { build } of state.computed) addBuild(build, seen)
}

/** What a query is known to look at so far. This is done for every statement, so nothing is made that says nothing. */
interface Seen {
  readonly schema: AnySchema
  /** Tables that the query names itself. */
  readonly own: OwnRead[]
  readonly reads: Read[]
}

interface OwnRead extends Read {
  readonly alias: string | undefined
  readonly scopes: Scope[]
  readonly moments: Moment[]
}

function addOwn({ own, reads }: Seen, table: string, alias: string | undefined): void {
  const read: OwnRead = { table, alias, scopes: [], moments: [] }
  own.push(read)
  reads.push(read)
}

function addJoins({ joins }: QueryState, seen: Seen): void {
  for (const { steps, query, schema, alias } of joins) {
    for (const step of steps) addOwn(seen, step.source, step.alias)
    if (steps.length === 0 && !query) addOwn(seen, schema.source, alias)
    if (query) addReadsOfQuery(query, seen.reads)
  }
  for (const { steps, on } of joins) {
    for (const step of steps) for (const condition of step.on) addCondition(condition, seen, false)
    for (const condition of on) addCondition(condition, seen, false)
  }
}

/** `holds`: for every row that counts. */
function addCondition(condition: Condition, seen: Seen, holds: boolean): void {
  switch (condition.kind) {
    case 'comparison': {
      const { reference, operator, operand } = condition
      if (operand.kind === 'query') addReadsOfQuery(operand.query, seen.reads)
      if (operand.kind === 'value') addComparison(reference, operator, operand.value, seen, holds)
      return
    }
    case 'tuple':
      for (const [index, reference] of condition.references.entries()) {
        addComparison(reference, condition.operator, condition.values[index], seen, holds)
      }
      return
    case 'all':
      for (const one of condition.of) addCondition(one, seen, holds)
      return
    case 'any':
      for (const one of condition.of) addCondition(one, seen, false)
      return
    case 'not':
      return addCondition(condition.condition, seen, false)
    case 'exists':
      return addReadsOfQuery(condition.query, seen.reads)
    case 'expression':
      return addBuild(condition.build, seen)
    default:
      condition satisfies never
  }
}

function addComparison(
  { alias, column: { column, field } }: Reference,
  operator: string,
  value: unknown,
  { own, reads, schema }: Seen,
  holds: boolean,
): void {
  const of = own.find((read) => read.alias === alias)
  if (EXACT.has(field.type.name)) {
    if (!of || !holds) return
    if (operator === '=') of.scopes.push({ column, values: [String(value)] })
    else if (operator === 'in' && Array.isArray(value)) {
      of.scopes.push({ column, values: value.map(String) })
    }
    return
  }
  for (const at of momentsIn(value)) {
    if (of) of.moments.push({ column, operator, at })
    // A column of rows that a query of their own finds.
    else reads.push({ table: schema.source, scopes: [], moments: [hidden(at)] })
  }
}

function momentsIn(value: unknown): readonly Date[] {
  if (Array.isArray(value)) return value.filter((one) => one instanceof Date)
  return value instanceof Date ? [value] : NONE
}

const NONE: readonly Date[] = []

function hidden(at: Date): Moment {
  return { column: undefined, operator: undefined, at }
}

function addTerm(term: Term, seen: Seen): void {
  if (term.kind === 'expression') addBuild(term.build, seen)
}

function addBuild(build: Build<unknown>, { schema, reads }: Seen): void {
  const before = reads.length
  addReadsOfNode(nodeOf(build), reads)
  for (let index = before; index < reads.length; index += 1) {
    const read = reads[index]
    if (read?.table === '') reads[index] = { ...read, table: schema.source }
  }
}

// It has no state, and dozens of functions that would be made for every expression.
const builder = expressionBuilder()

function nodeOf(build: Build<unknown>): OperationNode {
  // The caller's function was written for the typed builder of the very query it stands in.
  const expression: Expression<unknown> = build(builder as never)
  return expression.toOperationNode()
}
