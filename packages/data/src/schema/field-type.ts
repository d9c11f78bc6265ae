import { type AnySchema } from './schema.ts'

/** What casting a value from outside came to. */
export type Cast =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message?: string; readonly meta?: Meta }

export type Meta = { readonly [name: string]: unknown }

/** How values of one type come in, compare, and travel to and from the database. */
export interface FieldType {
  /** As it appears in the `type` of an error's meta. */
  readonly name: string
  /** PostgreSQL's names (`format_type`) for the column types that can hold it. */
  readonly sqlTypes: readonly string[]
  /** Whether text of nothing but white space counts as nothing given. Text with nothing in it does in every type. */
  readonly blankIsEmpty: boolean
  /** From outside (a form, JSON, an address) to a value. Never sees null. */
  readonly cast: (value: unknown) => Cast
  /** Whether setting one where the other is would change nothing. Never sees null. */
  readonly equal: (left: unknown, right: unknown) => boolean
  /** Whether a value the program made is of this type, so that it may be written. Never sees null. */
  readonly holds: (value: unknown) => boolean
  /** From a value to what the driver sends. Identity where absent. */
  readonly dump?: (value: unknown) => unknown
  /** From PostgreSQL's text form to a value. Never sees null. The text itself where absent. */
  readonly parse?: (text: string) => unknown
  /** From a value to what stands in the JSON of an embed. Identity where absent. */
  readonly toJson?: (value: unknown) => unknown
  /** Back from that JSON. `cast` where absent. */
  readonly fromJson?: (json: unknown) => Cast
  /** A new value, for `.autogenerate()`. */
  readonly generate?: () => unknown
  /** What NULL in the database is read as. Null where absent. */
  readonly whenNull?: () => unknown
  /** The type of the elements, when this is a list. */
  readonly element?: FieldType
  /** The rows inside, when this is an embed. */
  readonly embed?: EmbedType
}

/** What to do with a row that a changeset leaves out or puts another in the place of. */
export type OnReplace =
  'raise' | 'markAsInvalid' | 'nilify' | 'update' | 'delete' | 'deleteIfExists'

/** Rows kept inside a row, as JSON. */
export interface EmbedType {
  readonly schema: AnySchema
  readonly many: boolean
  readonly onReplace: OnReplace
}
