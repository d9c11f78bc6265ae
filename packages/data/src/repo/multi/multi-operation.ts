import { type AnyChangeset } from '../../changeset/changeset.ts'
import { type Described } from '../../query/model.ts'

/** What one operation of a Multi would do, for `toList`: what is known of it before it runs. */
export interface MultiOperation {
  readonly kind: MultiKind
  /** Of a write. A function's is known only when it runs. */
  readonly changeset?: AnyChangeset
  /** Of a read, and of `updateAll` and `deleteAll`. */
  readonly query?: Described
  /** Of `put` and `error`. */
  readonly value?: unknown
  readonly options?: object
}

export type MultiKind =
  | 'insert'
  | 'update'
  | 'delete'
  | 'insertOrUpdate'
  | 'insertAll'
  | 'updateAll'
  | 'deleteAll'
  | 'one'
  | 'all'
  | 'exists'
  | 'run'
  | 'put'
  | 'error'
  | 'merge'
  | 'inspect'
