import {
  change,
  getChange,
  type AnySchema,
  type FieldName,
  type Validator,
  type Values,
} from '@showrunner/data'

/** Addresses and handles are the same in any case: kept in lower case, one cannot be had twice. */
export function lowerCase<S extends AnySchema>(...fields: FieldName<S>[]): Validator<S> {
  return (changeset) =>
    fields.reduce((lowered, field) => {
      const value: unknown = getChange(lowered, field)
      // A text stays a text.
      const text = { [field]: String(value).trim().toLowerCase() } as Values<S>
      return typeof value === 'string' ? change(lowered, text) : lowered
    }, changeset)
}
