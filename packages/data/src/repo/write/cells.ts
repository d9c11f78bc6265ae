import { type Expression, isExpression } from 'kysely'

import { ChangeError, QueryError } from '../../errors.ts'
import { hint } from '../../names.ts'
import { built } from '../../query/expressions.ts'
import { type Described, EMPTY } from '../../query/model.ts'
import { Subquery } from '../../query/operands.ts'
import { rowsOf } from '../../query/select.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { toWrite } from './dump.ts'
import { type StatementText } from './statement-text.ts'

/** For `insertAll`: a value that stands in many rows and is sent once. */
export class Placeholder<Name extends string = string> {
  readonly name: Name

  constructor(name: Name) {
    this.name = name
  }
}

/** Stands for the value of this name in the `placeholders` of `insertAll`. */
export function placeholder<const Name extends string>(name: Name): Placeholder<Name> {
  return new Placeholder(name)
}

/** Writes what a new row has in a column: a value, what makes one, or nothing. */
export type CellWriter = (column: Column, value: unknown) => string

/** A writer that sends each placeholder once. */
export function cellWriter(
  schema: AnySchema,
  placeholders: { readonly [name: string]: unknown },
  call: string,
  text: StatementText,
): CellWriter {
  const query: Described = { schema, state: EMPTY }
  const sent = new Map<string, { readonly column: Column; readonly text: string }>()
  const placed = (column: Column, { name }: Placeholder): string => {
    const known = sent.get(name) ?? { column, text: '' }
    if (known.column.field.type.name !== column.field.type.name) {
      throw new ChangeError(
        `${call} for "${schema.source}" has the placeholder "${name}" in "${known.column.name}" and "${column.name}", ` +
          `which are of different types. Give each a placeholder of its own.`,
      )
    }
    if (known.text !== '') return known.text
    const value = toWrite(schema, column, placeholderNamed(schema, placeholders, name, call), call)
    const fresh = { column, text: text.value(value) }
    sent.set(name, fresh)
    return fresh.text
  }
  return (column, value) => {
    if (value === undefined) return 'default'
    if (value instanceof Placeholder) return placed(column, value)
    if (value instanceof Subquery)
      return text.expression(rowsOf({ ...value.query, around: undefined }))
    if (isExpression(value)) return text.expression(inNamesOf(query, value))
    return text.value(toWrite(schema, column, value, call))
  }
}

function placeholderNamed(
  { source }: AnySchema,
  placeholders: { readonly [name: string]: unknown },
  name: string,
  call: string,
): unknown {
  if (Object.hasOwn(placeholders, name)) return placeholders[name]
  throw new QueryError(
    `${call} for "${source}" has placeholder('${name}') in a row, and no value for it.` +
      hint('placeholders', name, Object.keys(placeholders)),
  )
}

function inNamesOf(query: Described, expression: Expression<unknown>): Expression<unknown> {
  return built(query, () => expression, undefined)
}
