import { ChangesetError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { isRecord } from '../schema/casts.ts'
import { type EmbedName, type RelationName, type Row } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import {
  addError,
  type AnyChangeset,
  type Changeset,
  type ManyAt,
  type Params,
  type SchemaAt,
  withState,
} from './changeset.ts'
import { checkOptions } from './options.ts'
import { setChange } from './put-field.ts'
import { changeMany, changeOne, type Given, type RelatedChange } from './change-relation.ts'
import { stayingChangesets } from './related-changesets.ts'
import {
  type AnyRowOf,
  currentRows,
  keyInParams,
  newRowOf,
  ofAnySchema,
  type Relation,
  relationNamed,
} from './relation.ts'
import { broken, type Message, type Validator } from './rule.ts'

interface CastRelation {
  /** Whether there must be a row, sent now or there already. */
  readonly required?: boolean
  /** `can't be blank` unless said. */
  readonly requiredMessage?: Message
  /** What is said of anything that is no row and no list of rows: `is invalid` unless said. */
  readonly invalidMessage?: Message
  /** Whether the row itself is written too when one of its relation is, and gets a new `updatedAt`. */
  readonly forceUpdateOnChange?: boolean
}

/** How one row of a relation is cast. */
export interface CastOne<Target extends AnySchema> extends CastRelation {
  /** Makes the changeset of the row: of the one that is there, or of a new one. */
  readonly with: (row: Row<Target>, params: Params) => Changeset<Target>
}

/** How several rows of a relation are cast. */
export interface CastMany<Target extends AnySchema> extends CastRelation {
  /** Makes the changeset of a row: of one that is there, or of a new one. `index` is its place in what was sent. */
  readonly with: (row: Row<Target>, params: Params, index: number) => Changeset<Target>
  /** The parameter that lists the numbers of the rows in their order. Those it leaves out come first; those that are not there are new. */
  readonly sortParam?: string
  /** The parameter that lists the numbers of the rows to leave out. */
  readonly dropParam?: string
}

/** How an association or embed is cast. */
export type CastRelationOptions<S extends AnySchema, K> =
  ManyAt<S, K> extends true ? CastMany<SchemaAt<S, K>> : CastOne<SchemaAt<S, K>>

/**
 * A rule that casts what was sent for an association into changesets of its rows, which are stored with
 * the row. One row is an object; several are a list, or an object of them by number, as forms send them.
 *
 * Of what is sent, a row that the association has is updated, by its primary key; anything else is
 * inserted, whatever its key, so that nobody takes over rows of others. The rows that are not sent go
 * the way that the association's `onReplace` says. A changeset that `with` gives back may be
 * `markedFor` something else. Where nothing is sent, and where nothing changes, there is no change.
 *
 * @throws AssociationNotLoadedError for an association of a stored row that nobody preloaded ·
 * ChangesetError where `onReplace` is `raise` and a row would be left out, and for an action that
 * cannot be done.
 */
export function castAssoc<S extends AnySchema, K extends RelationName<S>>(
  name: K,
  options: CastRelationOptions<NoInfer<S>, NoInfer<K>>,
): Validator<S> {
  return castRelation('assoc', name, options)
}

/**
 * As `castAssoc`, for rows inside the row. Those of a schema without a primary key are told apart by
 * nothing: what is sent replaces them.
 *
 * @throws ChangesetError
 */
export function castEmbed<S extends AnySchema, K extends EmbedName<S>>(
  name: K,
  options: CastRelationOptions<NoInfer<S>, NoInfer<K>>,
): Validator<S> {
  return castRelation('embed', name, options)
}

type AnyOptions = CastRelation & {
  readonly with: unknown
  readonly sortParam?: string
  readonly dropParam?: string
}

/** The function of either kind of options, of any schema. */
type With = (row: AnyRowOf, params: Params, index: number) => AnyChangeset

function castRelation<S extends AnySchema>(
  kind: Relation['kind'],
  name: string,
  options: AnyOptions,
): Validator<S> {
  return (given) => {
    const relation = relationNamed(given.schema, name)
    checkCall(kind, relation, options)
    const changeset = options.required
      ? withState(given, { required: [...new Set([...given.required, name])] })
      : given
    const sent = sentFor(changeset, relation, options)
    const cast = sent === undefined ? changeset : castSent(changeset, relation, sent, options)
    return options.required ? checkRequired(cast, relation, options) : cast
  }
}

const OPTIONS = [
  'with',
  'required',
  'requiredMessage',
  'invalidMessage',
  'forceUpdateOnChange',
  'sortParam',
  'dropParam',
]

function checkCall(kind: Relation['kind'], relation: Relation, options: AnyOptions): void {
  const { name, owner, many } = relation
  const call = kind === 'assoc' ? 'castAssoc' : 'castEmbed'
  if (relation.kind !== kind) {
    throw new ChangesetError(
      `"${name}" of ${titleOf(owner)} is an ${kind === 'assoc' ? 'embed' : 'association'}, which ${call}() does not cast. ` +
        `Use ${kind === 'assoc' ? 'castEmbed' : 'castAssoc'}('${name}', …).`,
    )
  }
  checkOptions(`${call}('${name}')`, options, OPTIONS)
  if (typeof options.with !== 'function') {
    throw new ChangesetError(
      `${call}('${name}') of ${titleOf(owner)} needs { with: … }, the function that makes a changeset out of a row and what was sent for it.`,
    )
  }
  if (!many && (options.sortParam !== undefined || options.dropParam !== undefined)) {
    throw new ChangesetError(
      `${call}('${name}') of ${titleOf(owner)} holds one row at most, so there is nothing for sortParam and dropParam to do.`,
    )
  }
}

/** What was sent for the relation; undefined when nothing was. */
function sentFor(
  { params = {} }: AnyChangeset,
  { name, many }: Relation,
  { sortParam, dropParam }: AnyOptions,
): { readonly value: unknown } | undefined {
  const value = Object.hasOwn(params, name) ? params[name] : undefined
  const sort = listAt(params, sortParam)
  const drop = listAt(params, dropParam)
  if (value === undefined && !sort && !drop) return undefined
  return { value: many ? rowsSent(value, sort, drop) : value }
}

function listAt(
  params: { readonly [name: string]: unknown },
  name: string | undefined,
): readonly unknown[] | undefined {
  const list = name !== undefined && Object.hasOwn(params, name) ? params[name] : undefined
  return Array.isArray(list) ? list : undefined
}

/** The rows in their order, as `sort` and `drop` have it; what is no list, as it is. */
function rowsSent(
  value: unknown,
  sort: readonly unknown[] = [],
  drop: readonly unknown[] = [],
): unknown {
  const numbered = value == null && (sort.length > 0 || drop.length > 0) ? [] : numberedRows(value)
  if (!numbered) return value
  const dropped = new Set(drop.map(String))
  const rows = new Map(numbered.filter(([number]) => !dropped.has(number)))
  const sorted = sort
    .map(String)
    .filter((number) => !dropped.has(number))
    .map((number): unknown => {
      const row = rows.has(number) ? rows.get(number) : {}
      rows.delete(number)
      return row
    })
  return [...rows.values(), ...sorted]
}

/** Rows with their numbers, smaller ones first. */
function numberedRows(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((row: unknown, index) => [String(index), row])
  if (!isRecord(value)) return undefined
  return Object.entries(value).sort(([left], [right]) => {
    const [a, b] = [left, right].map((text) => (/^-?\d+$/.test(text) ? Number(text) : Infinity))
    return a === b ? (left < right ? -1 : 1) : (a ?? 0) - (b ?? 0)
  })
}

function castSent<S extends AnySchema>(
  changeset: Changeset<S>,
  relation: Relation,
  { value }: { readonly value: unknown },
  options: AnyOptions,
): Changeset<S> {
  const { name, kind, many } = relation
  const related = changeTo(changeset, relation, value, options)
  switch (related.kind) {
    case 'none':
      return changeset
    case 'changed':
      return withState(setChange(changeset, name, related.change), {
        valid: changeset.valid && related.valid,
        force: changeset.force || options.forceUpdateOnChange === true,
      })
    default: {
      const meta = { validation: kind, type: many ? 'array of map' : 'map' }
      const error = broken('is invalid', options.invalidMessage, meta)
      return addError(changeset, name, error.message, error.meta)
    }
  }
}

function changeTo(
  changeset: AnyChangeset,
  relation: Relation,
  value: unknown,
  options: AnyOptions,
): RelatedChange {
  const currents = currentRows(changeset, relation)
  // Of the two kinds of options, each is for one kind of relation, and each function takes what it is given.
  const make = options.with as With
  const given = (params: object): Given => ({
    key: keyInParams(relation.target, params),
    row: undefined,
    mayBeStored: false,
    changeset: (current, index) => {
      const start = current ?? newRowOf(relation, changeset.row)
      return dropped(make(start, params, index), current)
    },
  })
  if (!relation.many) {
    const [current] = currents
    if (value === null) return changeOne(relation, current, null)
    return isRecord(value) ? changeOne(relation, current, given(value)) : { kind: 'invalid' }
  }
  return Array.isArray(value) && value.every(isRecord)
    ? changeMany(relation, currents, value.map(given))
    : { kind: 'invalid' }
}

/** A new row that a form adds and deletes at once is none. */
function dropped(changeset: AnyChangeset, current: AnyRowOf | undefined): AnyChangeset {
  return changeset.action === 'delete' && !current
    ? withState(ofAnySchema(changeset), { action: 'ignore' })
    : changeset
}

function checkRequired<S extends AnySchema>(
  changeset: Changeset<S>,
  relation: Relation,
  { requiredMessage }: AnyOptions,
): Changeset<S> {
  const { name } = relation
  const rows = Object.hasOwn(changeset.changes, name)
    ? stayingChangesets(changeset, name)
    : currentRows(changeset, relation)
  if (rows.length > 0 || changeset.errors[name]) return changeset
  const error = broken("can't be blank", requiredMessage, { validation: 'required' })
  return addError(changeset, name, error.message, error.meta)
}
