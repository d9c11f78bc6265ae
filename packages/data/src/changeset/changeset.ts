import { inspect, type InspectOptions } from 'node:util'

import { UnknownFieldError } from '../errors.ts'
import { type AnyField, type ColumnType } from '../schema/field.ts'
import { type Meta } from '../schema/field-type.ts'
import { isRow } from '../schema/instance.ts'
import {
  type AssociationOf,
  type EmbeddedIn,
  type EmbedName,
  type FieldName,
  type IsMany,
  type RelationName,
  type Row,
  type RowLoadedWith,
  type RowOf,
  SCHEMA,
  type TargetOf,
} from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type Constraint } from './constraint.ts'
import { printChangeset } from './print.ts'

/** What came from outside: a form, JSON, an address. `cast` checks that it is a plain object. */
export type Params = unknown

/** What is to be done with a row; of the rows of a relation also: `replace` one that is left out, `ignore` it altogether. */
export type Action = 'insert' | 'update' | 'delete' | 'replace' | 'ignore'

/** What was attempted with a changeset: an action of the repo, or a word of your own given to `applyAction`. */
export type Attempted = Action | (string & NonNullable<unknown>)

/** One thing wrong with a field. `%{count}` in the message stands for `meta.count`. */
export interface FieldError {
  readonly message: string
  readonly meta: Meta
}

/** The associations and embeds of a schema that changesets can change. */
export type Related<S extends AnySchema> = RelationName<S> | EmbedName<S>

/** The fields of a schema that hold one value each, and not rows. */
export type PlainField<S extends AnySchema> = Exclude<FieldName<S>, EmbedName<S>>

/** The schema of the rows of an association or embed. */
export type SchemaAt<S extends AnySchema, K> =
  K extends FieldName<S> ? EmbeddedIn<ColumnType<S['fields'][K]>> : TargetOf<S, AssociationOf<S, K>>

/** Whether an association or embed has several rows. */
export type ManyAt<S extends AnySchema, K> =
  K extends FieldName<S>
    ? NonNullable<ColumnType<S['fields'][K]>> extends readonly unknown[]
      ? true
      : false
    : IsMany<S, AssociationOf<S, K>>

/** The rows of an association or embed. */
export type RowsAt<S extends AnySchema, K> =
  ManyAt<S, K> extends true ? readonly Row<SchemaAt<S, K>>[] : Row<SchemaAt<S, K>> | null

/** The changesets of associated or embedded rows: several, one, or null for "none from now on". */
type RelationChange<Target extends AnySchema, Many> = Many extends true
  ? readonly Changeset<Target>[]
  : Changeset<Target> | null

/** What would be written to an association or embed. */
export type ChangeAt<S extends AnySchema, K> = RelationChange<SchemaAt<S, K>, ManyAt<S, K>>

/** What would be written, by field; and by association and embed, the changesets of their rows. */
export type Changes<S extends AnySchema> = {
  readonly [F in FieldName<S>]?: F extends EmbedName<S>
    ? ChangeAt<S, F>
    : ColumnType<S['fields'][F]>
} & { readonly [K in RelationName<S>]?: ChangeAt<S, K> }

/** A row that is put in a relation: as it is, with changes, or as the values that it is to have. */
export type ProposedRow<Target extends AnySchema> =
  RowOf<Target> | Changeset<Target> | (Proposal<Target> & NoRowOfAnother<Target>)

/** The values of a row of another schema may fit by chance; it is no row of this one all the same. */
export interface NoRowOfAnother<Target extends AnySchema> {
  readonly [SCHEMA]?: Target
}

/** What may be put in the place of an association or embed: all of its rows from now on. */
export type ProposalAt<S extends AnySchema, K> =
  ManyAt<S, K> extends true
    ? readonly ProposedRow<SchemaAt<S, K>>[]
    : ProposedRow<SchemaAt<S, K>> | null

/** What the program itself proposes: values by field, rows by association and embed. */
export type Proposal<S extends AnySchema> = {
  readonly [F in PlainField<S>]?: ColumnType<S['fields'][F]>
} & { readonly [K in Related<S>]?: ProposalAt<S, K> }

/** A rule that was checked, for whoever wants to check it in the browser as well. */
export interface Validation {
  readonly field: string
  readonly name: string
  readonly options: Meta
}

/** A changeset of any schema, for what asks only what every changeset has. */
export interface AnyChangeset {
  readonly schema: AnySchema
  /** The row as it was. */
  readonly row: RowOf<AnySchema>
  /** Everything that was sent, permitted or not: what a form shows again. */
  readonly params: { readonly [name: string]: unknown } | undefined
  /** What would be written: what differs from the row, or was forced. */
  readonly changes: object
  /** By field, the earliest first. */
  readonly errors: { readonly [field: string]: readonly FieldError[] }
  /** False as soon as it, or the changeset of a row in its relations, has an error. */
  readonly valid: boolean
  /** What was attempted with it. Forms show errors only once something was. */
  readonly action: Attempted | undefined
  readonly required: readonly string[]
  /** The rules that were checked, besides `required`. */
  readonly validations: readonly Validation[]
  readonly constraints: readonly Constraint[]
  /** What the row in the database must still be, for an update or a delete to find it. */
  readonly filters: { readonly [field: string]: unknown }
  /** Run inside the transaction of the write, just before it: see `prepareChanges`. */
  readonly prepare: readonly Preparation[]
  /** What counts as nothing given; blank text unless said. */
  readonly emptyValues: readonly unknown[] | undefined
  /** Whether an update is written although no field of its own changes. */
  readonly force: boolean
}

/**
 * A proposed change to a row: what was sent, what survived casting, and what is wrong with it. `Spec`
 * is what its row has loaded.
 */
export interface Changeset<S extends AnySchema, Spec = unknown> extends AnyChangeset {
  readonly schema: S
  readonly row: Row<S, Spec> & RowLoadedWith<S, Spec>
  readonly changes: Changes<S>
}

/** Gets a changeset of the schema it was declared for, and gives it back, perhaps with more changes or errors. */
export type Preparation = (changeset: AnyChangeset) => AnyChangeset | Promise<AnyChangeset>

/** What a changeset may start from. */
export type Base<S extends AnySchema, Spec = unknown> = RowLoadedWith<S, Spec> | Changeset<S, Spec>

/** A changeset over a row in which nothing changes yet; a changeset is one already. */
export function changesetOf<S extends AnySchema, Spec>(base: Base<S, Spec>): Changeset<S, Spec> {
  if (!isRow(base)) return base
  return Object.assign(Object.create(printed), {
    schema: base[SCHEMA],
    row: base,
    params: undefined,
    changes: {},
    errors: {},
    valid: true,
    action: undefined,
    required: [],
    validations: [],
    constraints: [],
    filters: {},
    prepare: [],
    emptyValues: undefined,
    force: false,
  })
}

/** A copy with some parts replaced. */
export function withState<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  parts: Partial<Changeset<S, Spec>>,
): Changeset<S, Spec> {
  return Object.assign(Object.create(printed), changeset, parts)
}

const printed = {
  [inspect.custom](this: AnyChangeset, _depth: number, options: InspectOptions) {
    return printChangeset(this, options)
  },
}

export function isChangeset(value: unknown): value is AnyChangeset {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === printed
}

/** Adds an error to a field, after those it has. The key need not be a field. */
export function addError<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  field: string,
  message: string,
  meta: Meta = {},
): Changeset<S, Spec> {
  const errors = [...errorsOn(changeset, field), { message, meta }]
  return withState(changeset, { valid: false, errors: { ...changeset.errors, [field]: errors } })
}

/** The errors of one field, whatever its name. */
export function errorsOn({ errors }: AnyChangeset, field: string): readonly FieldError[] {
  return (Object.hasOwn(errors, field) ? errors[field] : undefined) ?? []
}

/** The change as it is, or else what the row has. @throws AssociationNotLoadedError */
export function currentValue({ changes, row }: AnyChangeset, name: string): unknown {
  return Object.hasOwn(changes, name) ? Reflect.get(changes, name) : Reflect.get(row, name)
}

/** @throws UnknownFieldError */
export function fieldNamed(schema: AnySchema, name: string, call: string): AnyField {
  const field = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined
  if (!field) throw new UnknownFieldError(schema, name, call)
  return field
}

/** A changeset with these changes, of which the caller knows that they are of the fields' types. */
export function withChanges<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  changes: object,
): Changeset<S, Spec> {
  return withState(changeset, { changes })
}
