import { type FieldType } from './field-type.ts'

/** The column type as TypeScript sees it: `string`, or `string | null` once `.nullable()`. */
declare const columnType: unique symbol

/**
 * A field of a schema: its type, whether it may be null, what it is when nothing is given.
 * `Optional` is true when a new row need not give it (it has a default, or somebody fills it).
 */
export interface Field<Value, Nullable extends boolean, Optional extends boolean> {
  readonly [columnType]?: Nullable extends true ? Value | null : Value
  readonly type: FieldType
  readonly isNullable: boolean
  readonly isOptional: Optional
  readonly isRedacted: boolean
  readonly fallback: unknown
  readonly filledBy: FilledBy
  /** May be null, in the database as in TypeScript. A field is NOT NULL otherwise. */
  nullable(): Field<Value, true, Optional>
  /** The value of a new row that says nothing. A function is called for each new row. */
  default(value: Value | (() => Value)): Field<Value, Nullable, true>
  /** Shown as `**redacted**` wherever a changeset is printed. */
  redact(): Field<Value, Nullable, Optional>
}

/** Who writes a field that nobody gave: nobody, the database, or the repo with the current time. */
export type FilledBy = 'nobody' | 'database' | 'repo on insert' | 'repo on insert and update'

export type AnyField = Pick<
  Field<unknown, boolean, boolean>,
  'type' | 'isNullable' | 'isOptional' | 'isRedacted' | 'fallback' | 'filledBy'
>

export type AnyFields = { readonly [name: string]: AnyField }

export type ColumnType<F> = F extends { readonly [columnType]?: infer Value }
  ? Exclude<Value, undefined>
  : never

interface FieldState {
  readonly type: FieldType
  readonly isNullable: boolean
  readonly isRedacted: boolean
  readonly fallback: unknown
  readonly filledBy: FilledBy
}

export function field<Value>(type: FieldType): Field<Value, false, false> {
  return fieldOf<Value, false, false>(plain(type), false)
}

/** A field that a new row does not give, because the database or the repo fills it. */
export function filledField<Value>(type: FieldType, filledBy: FilledBy): Field<Value, false, true> {
  return fieldOf<Value, false, true>({ ...plain(type), filledBy }, true)
}

function plain(type: FieldType): FieldState {
  return { type, isNullable: false, isRedacted: false, fallback: undefined, filledBy: 'nobody' }
}

function fieldOf<Value, Nullable extends boolean, Optional extends boolean>(
  state: FieldState,
  isOptional: Optional,
): Field<Value, Nullable, Optional> {
  return {
    ...state,
    isOptional,
    nullable: () => fieldOf<Value, true, Optional>({ ...state, isNullable: true }, isOptional),
    default: (fallback) => fieldOf<Value, Nullable, true>({ ...state, fallback }, true),
    redact: () => fieldOf<Value, Nullable, Optional>({ ...state, isRedacted: true }, isOptional),
  }
}
