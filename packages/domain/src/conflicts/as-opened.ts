import {
  addError,
  type AnyChangeset,
  type AnySchema,
  type Changeset,
  check,
  deleteChange,
  embedded,
  forceChange,
  optimisticLock,
  stateOf,
  t,
} from '@showrunner/data'

const VERSION = 'lockVersion'

const versioned = embedded({ lockVersion: t.integer() })
type Versioned = typeof versioned

/** What the write of such a changeset is told, so that one that comes too late is refused as a changeset. */
export const AS_OPENED = {
  staleErrorField: VERSION,
  staleErrorMessage: 'has been changed by somebody else in the meantime',
} as const

/**
 * Refuses to write over what others wrote since a form was opened: the row must still be of the version that the form
 * carries as `lockVersion`; where there is no form, of the one it was read with. Each write makes the next version.
 */
export function asOpened<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
): Changeset<S, Spec> {
  if (stateOf(changeset.row) === 'built') return changeset

  // Only schemas with the field are given to this, and optimisticLock throws for any other.
  const given = changeset as unknown as Changeset<Versioned>
  const opened = openedVersion(given)
  if (opened === undefined) {
    return addError(changeset, VERSION, 'is invalid', { type: 'integer' })
  }

  const locked = check(forceChange(given, VERSION, opened), optimisticLock(VERSION))
  // The version alone is nothing to write: the write itself counts on.
  return deleteChange(locked, VERSION) as unknown as Changeset<S, Spec>
}

/** The version that a form was opened with, or else the row was read with; undefined for what is no version. */
export function openedVersion({ params, row }: AnyChangeset): number | undefined {
  const sent = params?.[VERSION]
  return versionFrom(sent === undefined || sent === '' ? Reflect.get(row, VERSION) : sent)
}

/** At most nine digits: more the column does not hold. */
function versionFrom(value: unknown): number | undefined {
  return /^\d{1,9}$/.test(String(value)) ? Number(value) : undefined
}

/** Whether a changeset was refused because its row has another version by now, or is gone. */
export function isOvertaken({ errors }: AnyChangeset): boolean {
  return errors[VERSION]?.some(({ meta }) => meta['stale'] === true) ?? false
}
