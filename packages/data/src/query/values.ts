import { isInText, limitInText } from './keys.ts'
import { type Condition, type Described, type Join } from './model.ts'

/** In the order in which they stand in the SQL: rows, joins, conditions, having, limit, offset. */
export function valuesOf({ state }: Described): unknown[] {
  const values: unknown[] = []
  if (state.from) values.push(...valuesOf(state.from))
  for (const join of state.joins) pushJoin(values, join)
  for (const condition of state.conditions) push(values, condition)
  for (const condition of state.having) push(values, condition)
  if (state.limit !== undefined && limitInText(state) === undefined) values.push(state.limit)
  if (state.offset !== undefined) values.push(state.offset)
  return values
}

function pushJoin(values: unknown[], { query, steps, on }: Join): void {
  if (query) values.push(...valuesOf(query))
  for (const step of steps) for (const condition of step.on) push(values, condition)
  for (const condition of on) push(values, condition)
}

function push(values: unknown[], condition: Condition): void {
  switch (condition.kind) {
    case 'comparison': {
      const { operand } = condition
      if (operand.kind === 'query') values.push(...valuesOf(operand.query))
      else if (operand.kind === 'value' && !isInText(operand.value)) values.push(operand.value)
      return
    }
    case 'tuple':
      values.push(...condition.values)
      return
    case 'all':
    case 'any':
      for (const one of condition.of) push(values, one)
      return
    case 'not':
      push(values, condition.condition)
      return
    case 'exists':
      values.push(...valuesOf(existing(condition.query)))
      return
    case 'expression':
      return
    default:
      condition satisfies never
  }
}

/** What is asked where only the existence of rows matters. */
export function existing({ schema, state }: Described): Described {
  return {
    schema,
    state: {
      ...state,
      order: [],
      distinct: undefined,
      fields: undefined,
      computed: [],
      preloads: {},
      lock: undefined,
    },
  }
}
