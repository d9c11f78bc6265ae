import {
  addError,
  type AnySchema,
  type FieldName,
  type Params,
  type Validator,
} from '@showrunner/data'
import { inZone, WALL_CLOCK } from './zones.ts'

/**
 * The same params with a moment for a day and a time that were typed by the clock of a zone. One that this clock never
 * shows stays as it is typed: `clockShows` says so.
 */
export function withMoment(params: Params, name: string, zone: string): Params {
  const text = typedIn(params, name)
  if (text === undefined) return params
  const found = inZone(text, zone)
  return { ...(params as object), [name]: found.kind === 'moment' ? found.at : text }
}

/** Refuses a time that the clock of the zone leaves out, in the night in which it is put forward. */
export function clockShows<S extends AnySchema>(
  field: FieldName<S>,
  params: Params,
  zone: string,
): Validator<S> {
  const text = typedIn(params, field)
  const isLeftOut = text !== undefined && inZone(text, zone).kind === 'does-not-exist'
  return (changeset) => {
    if (!isLeftOut) return changeset
    const { [field]: _unreadable, ...errors } = changeset.errors
    const message = `does not exist in ${zone}: clocks are put forward over it`
    return addError({ ...changeset, errors }, field, message)
  }
}

function typedIn(params: Params, name: string): string | undefined {
  const text: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  return typeof text === 'string' && WALL_CLOCK.test(text) ? text : undefined
}
