import {
  addError,
  type AnySchema,
  type FieldName,
  getChange,
  type Params,
  type Validator,
} from '@showrunner/data'

/** Whether a form that publishes says at which moment, or that one is meant. */
export function saysWhen(params: Params): boolean {
  return ['publishedAt', 'when'].some((name) => {
    const said: unknown =
      typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
    return said !== undefined && said !== null && said !== ''
  })
}

/** What anybody may read does not vanish by a new date; `how` says what is done first. */
export function staysOut<S extends AnySchema>(
  field: FieldName<S>,
  { isOut, asOf, how }: { readonly isOut: boolean; readonly asOf: Date; readonly how: string },
): Validator<S> {
  return (changeset) => {
    const moment: unknown = getChange(changeset, field)
    return isOut && moment instanceof Date && moment > asOf
      ? addError(changeset, field, `must be past: ${how} first to hide it until later`)
      : changeset
  }
}
