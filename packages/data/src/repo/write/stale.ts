import { addError, type Changeset } from '../../changeset/changeset.ts'
import { StaleRowError } from '../../errors.ts'
import { rowWith, stateOf } from '../../schema/instance.ts'
import { type AnySchema } from '../../schema/schema.ts'
import { type Saved } from './attempt.ts'

/** What a write comes to that finds no row to write to. It throws, unless one of these is given. */
export interface StaleOptions {
  /** It is as good as done: nothing is wrong, and what hangs on the row is written all the same. */
  readonly allowStale?: boolean
  /** It is an error on this field of the changeset. */
  readonly staleErrorField?: string
  /** `is stale` unless said. */
  readonly staleErrorMessage?: string
}

export const STALE_OPTIONS = ['allowStale', 'staleErrorField', 'staleErrorMessage'] as const

/**
 * What a write comes to that found no row.
 *
 * @throws StaleRowError unless the options say otherwise.
 */
export function stale<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  action: 'insert' | 'update' | 'delete',
  { allowStale, staleErrorField, staleErrorMessage = 'is stale' }: StaleOptions,
): Saved<S, Spec> {
  if (allowStale === true) {
    const state = action === 'delete' ? 'deleted' : stateOf(changeset.row)
    return { ok: true, value: rowWith(changeset.row, state, changeset.changes) }
  }
  if (staleErrorField === undefined) throw new StaleRowError(changeset, action)
  const meta = { stale: true }
  return { ok: false, changeset: addError(changeset, staleErrorField, staleErrorMessage, meta) }
}
