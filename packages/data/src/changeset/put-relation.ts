import { ChangesetError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { isRecord } from '../schema/casts.ts'
import { isRow, schemaOf } from '../schema/instance.ts'
import { type EmbedName, type RelationName } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import {
  addError,
  type AnyChangeset,
  type Changeset,
  changesetOf,
  fieldNamed,
  isChangeset,
  type ProposalAt,
  type Related,
  type RowsAt,
  type SchemaAt,
  type ManyAt,
  withState,
} from './changeset.ts'
import { putField, setChange, withoutChange } from './put-field.ts'
import { getField } from './read.ts'
import { changeMany, changeOne, type Given, type RelatedChange } from './change-relation.ts'
import { isRelation } from './related-changesets.ts'
import {
  type AnyRowOf,
  currentRows,
  keyIn,
  newRowOf,
  ofAnySchema,
  type Relation,
  relationNamed,
} from './relation.ts'

/**
 * Proposes the rows of an association: all that it is to have from now on. Each is a row, which is put
 * as it is; a changeset; or a plain object of values, which changes the row that has its primary key, or
 * else makes a new one. Null or an empty list leaves none. What leaves goes the way that `onReplace`
 * says. Where nothing changes there is no change, and an earlier one is taken back.
 *
 * @throws AssociationNotLoadedError for an association of a stored row that nobody preloaded ·
 * ChangesetError for rows of another schema, and where `onReplace` is `raise` and a row would be left out.
 */
export function putAssoc<S extends AnySchema, Spec, K extends RelationName<S>>(
  changeset: Changeset<S, Spec>,
  name: K,
  value: ProposalAt<S, K>,
): Changeset<S, Spec> {
  return putChecked('assoc', changeset, name, value)
}

/** As `putAssoc`, for rows inside the row. Those of a schema without a primary key replace the ones there are. */
export function putEmbed<S extends AnySchema, Spec, K extends EmbedName<S>>(
  changeset: Changeset<S, Spec>,
  name: K,
  value: ProposalAt<S, K>,
): Changeset<S, Spec> {
  return putChecked('embed', changeset, name, value)
}

function putChecked<S extends AnySchema, Spec>(
  kind: Relation['kind'],
  changeset: Changeset<S, Spec>,
  name: string,
  value: unknown,
): Changeset<S, Spec> {
  checkKind(kind, relationNamed(changeset.schema, name), kind === 'assoc' ? 'putAssoc' : 'putEmbed')
  return putRelation(changeset, name, value)
}

function checkKind(kind: Relation['kind'], relation: Relation, call: string): void {
  if (relation.kind === kind) return
  const [is, use] = kind === 'assoc' ? ['embed', 'Embed'] : ['association', 'Assoc']
  throw new ChangesetError(
    `"${relation.name}" of ${titleOf(relation.owner)} is an ${is}, which ${call}() is not for. ` +
      `Use ${call.replace(/Assoc|Embed/, use)}(changeset, '${relation.name}', …).`,
  )
}

/** Proposes rows of an association or embed. */
function putRelation<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: string,
  value: unknown,
): Changeset<S, Spec> {
  const relation = relationNamed(changeset.schema, name)
  const related = relatedChange(changeset, relation, value, currentRows(changeset, relation))
  switch (related.kind) {
    case 'none':
      return withoutChange(changeset, name)
    case 'changed':
      return withState(setChange(changeset, name, related.change), {
        valid: changeset.valid && related.valid,
      })
    default:
      return addError(changeset, name, 'is invalid', {
        type: relation.many ? 'array of map' : 'map',
      })
  }
}

/** What putting a value in the place of these rows of a relation comes to. */
export function relatedChange(
  { row }: AnyChangeset,
  relation: Relation,
  value: unknown,
  currents: readonly AnyRowOf[],
): RelatedChange {
  const given = (one: unknown): Given | undefined => givenOf(relation, row, one)
  if (!relation.many) {
    const [current] = currents
    if (value == null) return changeOne(relation, current, null)
    const only = given(value)
    return only ? changeOne(relation, current, only) : { kind: 'invalid' }
  }
  if (!Array.isArray(value)) return { kind: 'invalid' }
  const all = value.map(given).filter((one) => one !== undefined)
  return all.length === value.length ? changeMany(relation, currents, all) : { kind: 'invalid' }
}

function givenOf(relation: Relation, owner: AnyRowOf, value: unknown): Given | undefined {
  const { target } = relation
  if (isRow(value) || isChangeset(value)) {
    const changeset = isRow(value) ? changesetOf(value) : value
    const { row } = changeset
    refuseOtherSchema(relation, schemaOf(row))
    return { key: keyIn(target, row), row, mayBeStored: true, changeset: () => changeset }
  }
  if (!isRecord(value)) return undefined
  return {
    key: keyIn(target, value),
    row: undefined,
    mayBeStored: false,
    changeset: (current) =>
      Object.entries(value).reduce<Changeset<AnySchema>>(
        (changeset, [name, one]) =>
          one === undefined ? changeset : putAny(changeset, name, one, 'put'),
        changesetOf(current ?? newRowOf(relation, owner)),
      ),
  }
}

function refuseOtherSchema({ name, owner, target }: Relation, given: AnySchema): void {
  if (given === target) return
  throw new ChangesetError(
    `"${name}" of ${titleOf(owner)} takes rows and changesets of ${titleOf(target)}, got one of ${titleOf(given)}.`,
  )
}

/** Proposes a value of a field, or rows of an association or embed. @throws UnknownFieldError */
export function putAny<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  name: string,
  value: unknown,
  call: string,
): Changeset<S, Spec> {
  return isRelation(changeset.schema, name)
    ? putRelation(changeset, name, value)
    : putField(changeset, name, fieldNamed(changeset.schema, name, call), value)
}

/**
 * The same changeset, to be deleted or ignored with those of its relation: what a box "delete" in a form
 * comes to, in the function that `castAssoc` makes changesets with. A row that is ignored is as if it
 * had not been sent, but for not being left out; so is a new one that is to be deleted.
 */
export function markedFor<S extends AnySchema, Spec>(
  changeset: Changeset<S, Spec>,
  action: 'delete' | 'ignore',
): Changeset<S, Spec> {
  return withState(changeset, { action })
}

/**
 * Puts the changesets of an association or embed in the order in which they are to be written: unless
 * said, what is deleted and replaced first, then updates, then inserts.
 */
export function reorderAssoc<S extends AnySchema, Spec, K extends Related<S>>(
  changeset: Changeset<S, Spec>,
  name: K,
  compare: (left: Changeset<SchemaAt<S, K>>, right: Changeset<SchemaAt<S, K>>) => number = byAction,
): Changeset<S, Spec> {
  relationNamed(changeset.schema, name)
  const change: unknown = Reflect.get(changeset.changes, name)
  if (!Array.isArray(change)) return changeset
  // What changes this relation is changesets of its schema: putting and casting see to it.
  return setChange(changeset, name, (change as Changeset<SchemaAt<S, K>>[]).toSorted(compare))
}

const ORDER = ['replace', 'delete', 'update', 'insert']

function byAction(left: AnyChangeset, right: AnyChangeset): number {
  return ORDER.indexOf(left.action ?? '') - ORDER.indexOf(right.action ?? '')
}

/** The changesets of a relation: those proposed, or else one for each row that there is. */
type ChangesetsAt<S extends AnySchema, K> =
  ManyAt<S, K> extends true
    ? readonly Changeset<SchemaAt<S, K>>[]
    : Changeset<SchemaAt<S, K>> | null

/**
 * The changesets of an association, which a form goes through: those that are proposed, or else one for
 * each row that it has. With `'row'`: the rows as they would be, as `getField` gives them.
 *
 * @throws AssociationNotLoadedError for an association of a stored row that nobody preloaded.
 */
export function getAssoc<S extends AnySchema, K extends RelationName<S>>(
  changeset: Changeset<S>,
  name: K,
  as?: 'changeset',
): ChangesetsAt<S, K>
export function getAssoc<S extends AnySchema, K extends RelationName<S>>(
  changeset: Changeset<S>,
  name: K,
  as: 'row',
): RowsAt<S, K>
export function getAssoc(changeset: AnyChangeset, name: string, as?: 'changeset' | 'row'): unknown {
  checkKind('assoc', relationNamed(changeset.schema, name), 'getAssoc')
  return relatedAs(changeset, name, as)
}

/** As `getAssoc`, for rows inside the row. */
export function getEmbed<S extends AnySchema, K extends EmbedName<S>>(
  changeset: Changeset<S>,
  name: K,
  as?: 'changeset',
): ChangesetsAt<S, K>
export function getEmbed<S extends AnySchema, K extends EmbedName<S>>(
  changeset: Changeset<S>,
  name: K,
  as: 'row',
): RowsAt<S, K>
export function getEmbed(changeset: AnyChangeset, name: string, as?: 'changeset' | 'row'): unknown {
  checkKind('embed', relationNamed(changeset.schema, name), 'getEmbed')
  return relatedAs(changeset, name, as)
}

function relatedAs(
  changeset: AnyChangeset,
  name: string,
  as: 'changeset' | 'row' = 'changeset',
): unknown {
  // Called above with the name of a relation.
  if (as === 'row') return getField(ofAnySchema(changeset), name as never)
  if (Object.hasOwn(changeset.changes, name)) return Reflect.get(changeset.changes, name)
  const relation = relationNamed(changeset.schema, name)
  const changesets = currentRows(changeset, relation).map((row) => changesetOf(row))
  return relation.many ? changesets : (changesets[0] ?? null)
}
