import { inspect } from 'node:util'

import { compileSelect } from './compile.ts'
import { isInText } from './keys.ts'
import {
  type Condition,
  type Described,
  type Operand,
  type PreloadTree,
  type Reference,
} from './model.ts'

const HIDDEN = '**redacted**'

/** A query as one looks at it: its schema, its SQL, its values without secrets, and what it preloads. */
export function printQuery(query: Described): string {
  const { schema, state } = query
  const preloads = printTree(state.preloads)
  return [
    schema.source,
    ...linesOf(query),
    ...(preloads === '' ? [] : [`preload ${preloads}`]),
  ].join('\n  ')
}

function linesOf(query: Described): readonly string[] {
  const { schema, state } = query
  try {
    const { statement, values } = compileSelect(schema, state, 'rows')
    if (values.length === 0) return [statement.text]
    const shown = shownIn(query)
    const list = values.map((value) => (shown(value) ? inspect(value) : HIDDEN))
    return [statement.text, `[${list.join(', ')}]`]
  } catch {
    // A subquery that names the query around it is no statement by itself.
    return [printClauses(query)]
  }
}

/** Which values may be seen. Of those in an expression nobody knows what column they are compared with. */
function shownIn(query: Described): (value: unknown) => boolean {
  const { conditions, having, joins } = query.state
  const seen = [...conditions, ...having, ...joins.flatMap(({ on }) => on)].flatMap(comparedIn)
  const schemas = [query.schema, ...joins.map(({ schema }) => schema)]
  const secrets = schemas.some(({ columns }) => columns.some(({ field }) => field.isRedacted))
  if (!secrets) return () => true
  const secret = seen.filter(({ reference }) => isSecret(reference))
  const open = seen.filter(({ reference }) => !isSecret(reference))
  return (value) =>
    open.some((one) => one.value === value) && !secret.some((one) => one.value === value)
}

interface Compared {
  readonly reference: Reference
  readonly value: unknown
}

function comparedIn(condition: Condition): readonly Compared[] {
  switch (condition.kind) {
    case 'comparison': {
      const { reference, operand } = condition
      return operand.kind === 'value' ? [{ reference, value: operand.value }] : []
    }
    case 'tuple':
      return condition.references.map((reference, index) => ({
        reference,
        value: condition.values[index],
      }))
    case 'all':
    case 'any':
      return condition.of.flatMap(comparedIn)
    case 'not':
      return comparedIn(condition.condition)
    default:
      return []
  }
}

/** `where slug = "hello"`, for messages. */
export function printClauses({ state }: Described): string {
  const clauses = state.conditions.map(printCondition)
  return clauses.length === 0 ? '(all of them)' : `where ${clauses.join(' and ')}`
}

/** A condition as it reads. Expressions have no short way to be said. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'comparison': {
      const { reference, operator, operand } = condition
      return `${printReference(reference)} ${operator} ${printOperand(reference, operand)}`
    }
    case 'tuple': {
      const { references, operator, values } = condition
      const shown = references.map((reference, index) => printValue(reference, values[index]))
      return `(${references.map(printReference).join(', ')}) ${operator} (${shown.join(', ')})`
    }
    case 'all':
      return `(${condition.of.map(printCondition).join(' and ')})`
    case 'any':
      return `(${condition.of.map(printCondition).join(' or ')})`
    case 'not':
      return `not ${printCondition(condition.condition)}`
    case 'exists':
      return `exists (${condition.query.schema.source} ${printClauses(condition.query)})`
    case 'expression':
      return '(an expression)'
    default:
      return condition satisfies never
  }
}

function printReference({ alias, column }: Reference): string {
  return alias === undefined ? column.name : `${alias}.${column.name}`
}

function printOperand(reference: Reference, operand: Operand): string {
  switch (operand.kind) {
    case 'value':
      return printValue(reference, operand.value)
    case 'parent':
      return `parent("${operand.name}")`
    case 'query': {
      const quantity = operand.quantity === 'one' ? '' : `${operand.quantity} `
      const { schema, state } = operand.query
      const fields = state.fields?.map(({ name }) => name).join(', ') ?? '…'
      return `${quantity}(${fields} of ${schema.source} ${printClauses(operand.query)})`
    }
    default:
      return operand satisfies never
  }
}

function printValue(reference: Reference, value: unknown): string {
  if (isInText(value)) return String(value)
  return isSecret(reference) ? HIDDEN : JSON.stringify(value)
}

function isSecret({ column }: Reference): boolean {
  return column.field.isRedacted
}

function printTree(tree: PreloadTree): string {
  const names = Object.entries(tree).map(([name, { nested, how }]) => {
    const by = how?.kind === 'query' || how?.kind === 'function' ? 'by a ' : ''
    const from = how === undefined ? '' : ` (${by}${how.kind})`
    const below = printTree(nested)
    return `${name}${from}${below === '' ? '' : `: { ${below} }`}`
  })
  return names.join(', ')
}
