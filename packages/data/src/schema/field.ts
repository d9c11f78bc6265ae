import { type FieldType } from './field-type.ts'

/** The column type as TypeScript sees it: `string`, or `string | null` once `.nullable()`. */
declare const columnType: unique symbol

/**
 * A field of a schema: its type, whether it may be null, what it is when nothing is given.
 * `Optional` is true when a new row need not give it: it has a default, or somebody fills it.
 */
export interface Field<
  Value,
  Nullable extends boolean,
  Optional extends boolean,
  Virtual extends boolean = false,
  Source extends string | undefined = undefined,
> {
  readonly [columnType]?: Nullable extends true ? Value | null : Value
  readonly type: FieldType
  readonly isNullable: boolean
  readonly isOptional: Optional
  readonly isRedacted: boolean
  readonly isVirtual: Virtual
  readonly isPrimaryKey: boolean
  readonly sourceName: Source
  readonly fallback: unknown
  readonly filledBy: FilledBy
  readonly generator: (() => unknown) | undefined
  readonly whenWritable: Writable
  readonly onViolation: OnViolation
  /** May be null, in the database as in TypeScript. A field is NOT NULL otherwise. */
  nullable(): Field<Value, true, Optional, Virtual, Source>
  /** The value of a new row that says nothing. A function is called for each new row. */
  default(value: Value | (() => Value)): Field<Value, Nullable, true, Virtual, Source>
  /** Shown as `**redacted**` wherever a row's change, a query or a changeset is printed. */
  redact(): Field<Value, Nullable, Optional, Virtual, Source>
  /** The column's name in the database, where it is not the field's in snake_case. */
  source<const Name extends string>(column: Name): Field<Value, Nullable, Optional, Virtual, Name>
  /** In rows and changesets, and in no table. Null until it is given, unless it has a default, said before. */
  virtual(): Field<Value, Optional extends true ? Nullable : true, true, true, Source>
  /** Part of the primary key; several fields may be, and are it together. */
  primaryKey(): Field<Value, Nullable, Optional, Virtual, Source>
  /** Filled on insert when nothing is given: by the function, or for a uuid with a random one. */
  autogenerate(generator?: () => Value): Field<Value, Nullable, true, Virtual, Source>
  /** Filled by the database (a default, a trigger, a generated column), and read back after each write. */
  readAfterWrites(): Field<Value, Nullable, true, Virtual, Source>
  /**
   * Who may write it: `insert`, only while the row is new; `never`, nobody but the database. A change at
   * another time is dropped, or with `{ onViolation: 'raise' }` a ChangeError.
   */
  writable(
    when: Writable,
    options?: { readonly onViolation?: OnViolation },
  ): Field<Value, Nullable, Optional, Virtual, Source>
}

/** Who writes a field that nobody gave: nobody, the database, or the repo with the current time. */
export type FilledBy = 'nobody' | 'database' | 'repo on insert' | 'repo on insert and update'

/** When a field may be written. */
export type Writable = 'always' | 'insert' | 'never'

/** What becomes of a change to a field at a time when it may not be written. */
export type OnViolation = 'nothing' | 'raise'

/** A field of which only what is known at run time matters. */
export interface AnyField {
  readonly type: FieldType
  readonly isNullable: boolean
  readonly isOptional: boolean
  readonly isRedacted: boolean
  readonly isVirtual: boolean
  readonly isPrimaryKey: boolean
  readonly sourceName: string | undefined
  readonly fallback: unknown
  readonly filledBy: FilledBy
  readonly generator: (() => unknown) | undefined
  readonly whenWritable: Writable
  readonly onViolation: OnViolation
}

export type AnyFields = { readonly [name: string]: AnyField }

export type ColumnType<F> = F extends { readonly [columnType]?: infer Value }
  ? Exclude<Value, undefined>
  : never

interface FieldState extends Omit<AnyField, 'isOptional' | 'isVirtual' | 'sourceName'> {}

/** A field of this type: NOT NULL, without a default, filled by nobody. */
export function field<Value>(type: FieldType): Field<Value, false, false> {
  return fieldOf(plain(type), false, false, undefined)
}

/** A field that a new row does not give, because the database or the repo fills it. */
export function filledField<Value>(
  type: FieldType,
  filledBy: FilledBy,
  more: Partial<FieldState> = {},
): Field<Value, false, true> {
  return fieldOf({ ...plain(type), ...more, filledBy }, true, false, undefined)
}

function plain(type: FieldType): FieldState {
  return {
    type,
    isNullable: false,
    isRedacted: false,
    isPrimaryKey: false,
    fallback: undefined,
    filledBy: 'nobody',
    generator: undefined,
    whenWritable: 'always',
    onViolation: 'nothing',
  }
}

function fieldOf<
  Value,
  Nullable extends boolean,
  Optional extends boolean,
  Virtual extends boolean,
  Source extends string | undefined,
>(
  state: FieldState,
  isOptional: Optional,
  isVirtual: Virtual,
  sourceName: Source,
): Field<Value, Nullable, Optional, Virtual, Source> {
  // What a modifier answers differs in its type alone; the state says the same at run time.
  const next = (more: Partial<FieldState>, optional: boolean = isOptional) =>
    fieldOf({ ...state, ...more }, optional, isVirtual, sourceName) as never
  return {
    ...state,
    isOptional,
    isVirtual,
    sourceName,
    nullable: () => next({ isNullable: true }),
    default: (fallback) => next({ fallback }, true),
    redact: () => next({ isRedacted: true }),
    source: (name) => fieldOf(state, isOptional, isVirtual, name),
    virtual: () =>
      fieldOf({ ...state, isNullable: !isOptional || state.isNullable }, true, true, sourceName),
    primaryKey: () => next({ isPrimaryKey: true }),
    autogenerate: (generator) => next({ generator: generator ?? generatorOf(state.type) }, true),
    readAfterWrites: () => next({ filledBy: 'database' }, true),
    writable: (whenWritable, { onViolation = 'nothing' } = {}) =>
      next({ whenWritable, onViolation }),
  }
}

function generatorOf({ name, generate }: FieldType): () => unknown {
  if (generate) return generate
  throw new TypeError(
    `the type "${name}" generates nothing by itself. Give .autogenerate() a function that does.`,
  )
}
