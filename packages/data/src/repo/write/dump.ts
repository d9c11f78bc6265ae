import { ChangeError } from '../../errors.ts'
import { dumped } from '../../query/cast-value.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { shown } from '../../schema/shown.ts'

/**
 * A value that the program itself gave, as the driver sends it. It is not cast, only looked at.
 *
 * @throws ChangeError when it is not of its field's type.
 */
export function toWrite(schema: AnySchema, column: Column, value: unknown, call: string): unknown {
  const { type } = column.field
  if (value === null || type.holds(value)) return dumped(column, value)
  throw new ChangeError(
    `${call} for "${schema.source}" was given ${shown(column.field, value)} for "${column.name}", which is not of type ${type.name}. ` +
      `Nothing is cast here: what comes from outside goes through cast() first.`,
  )
}
