import { type AnySchema } from '../../schema/schema.ts'
import { type AnyConflictOptions, CONFLICT_OPTIONS, type ConflictOptions } from './on-conflict.ts'
import { STALE_OPTIONS, type StaleOptions } from './stale.ts'

/** A conflict whose query is about other rows leaves nothing to write to, which is stale as well. */
type InsertStale = Omit<StaleOptions, 'allowStale'>

/** What `repo.insert` may be told. None of it is told to the inserts of associated rows. */
export type InsertOptions<S extends AnySchema> = ConflictOptions<S> & InsertStale

/** The same, of any schema. */
export type AnyInsertOptions = AnyConflictOptions & InsertStale

/** What `repo.update` may be told. Of it, `allowStale` is told to the updates of associated rows. */
export interface UpdateOptions extends StaleOptions {
  /** Writes, and sets `updatedAt`, although no field changes. */
  readonly force?: boolean
}

/** What `repo.delete` may be told. */
export type DeleteOptions = StaleOptions

export const INSERT_OPTIONS = [...CONFLICT_OPTIONS, 'staleErrorField', 'staleErrorMessage']
export const UPDATE_OPTIONS = [...STALE_OPTIONS, 'force']
export const DELETE_OPTIONS = [...STALE_OPTIONS]
