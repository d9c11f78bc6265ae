import { ChangesetError } from '../errors.ts'
import { titleOf } from '../names.ts'
import { stateOf } from '../schema/instance.ts'
import { type Action, addError, type AnyChangeset, changesetOf, withState } from './changeset.ts'
import {
  type AnyRowOf,
  described,
  isUnstored,
  keyIn,
  ofAnySchema,
  type Relation,
} from './relation.ts'

/** A row that is given to a relation. */
export interface Given {
  /** What it is matched with the rows of the relation by. Undefined: it is a new one. */
  readonly key: string | undefined
  /** The very row, where one was given. */
  readonly row: AnyRowOf | undefined
  /** Whether it may be a row that is stored and is not in the relation yet. Nothing from outside may. */
  readonly mayBeStored: boolean
  /** The changeset of it: over the row of the relation that it is, if it is one. */
  readonly changeset: (current: AnyRowOf | undefined, index: number) => AnyChangeset
}

/** What is to become of a relation: nothing; or these changesets; or it was given what cannot be. */
export type RelatedChange =
  | { readonly kind: 'none' | 'invalid' }
  | {
      readonly kind: 'changed'
      readonly change: AnyChangeset | readonly AnyChangeset[] | null
      readonly valid: boolean
    }

/** What giving one row, or none, to a relation with at most one comes to. */
export function changeOne(
  relation: Relation,
  current: AnyRowOf | undefined,
  given: Given | null,
): RelatedChange {
  if (given === null) {
    if (!current) return { kind: 'none' }
    return mayLeaveOut(relation, current)
      ? { kind: 'changed', change: null, valid: true }
      : { kind: 'invalid' }
  }
  const same = current && isSame(relation, current, given)
  if (current && !same && relation.onReplace === 'update') refuseOther(relation, given)
  const updated = same === true || relation.onReplace === 'update' ? current : undefined
  if (current && !updated && !mayLeaveOut(relation, current)) return { kind: 'invalid' }
  const changeset = proposed(relation, given, updated, 0)
  return changeset.action === 'ignore' || (updated && isUnchanged(changeset))
    ? { kind: 'none' }
    : { kind: 'changed', change: changeset, valid: changeset.valid }
}

/**
 * What giving rows to a relation of several comes to. Those that it has and that are not given come
 * first, to be replaced: what they hold may have to be free for the others.
 */
export function changeMany(
  relation: Relation,
  currents: readonly AnyRowOf[],
  given: readonly Given[],
): RelatedChange {
  const left = [...currents]
  const keys = new Set<string>()
  const changesets: AnyChangeset[] = []
  let unchanged = true
  given.forEach((one, index) => {
    const current = takeSame(relation, left, one)
    // The rows of an embed have an order, which is kept by rows coming as they were.
    const inOrder = relation.kind === 'assoc' || current === currents[index]
    const changeset = proposed(relation, one, current, index)
    if (changeset.action === 'ignore') return
    if (!current || !inOrder || !isUnchanged(changeset)) unchanged = false
    changesets.push(relation.distinct ? refuseTwin(relation, changeset, one, keys) : changeset)
  })
  if (unchanged && left.length === 0) return { kind: 'none' }
  if (!left.every((row) => mayLeaveOut(relation, row))) return { kind: 'invalid' }
  const replaced = left.map((row) => withState(changesetOf(row), { action: 'replace' }))
  const change = [...replaced, ...changesets]
  return { kind: 'changed', change, valid: change.every(({ valid }) => valid) }
}

function isSame({ target }: Relation, current: AnyRowOf, given: Given): boolean {
  if (given.row === current) return true
  // Without a key nothing says that what comes is what is there.
  if (target.primaryKey.length === 0) return false
  const key = keyIn(target, current)
  return key === given.key && (key !== undefined || stateOf(current) === 'built')
}

/** Takes the row that is given out of those that are left. */
function takeSame(relation: Relation, left: AnyRowOf[], given: Given): AnyRowOf | undefined {
  const itself = given.row === undefined ? -1 : left.indexOf(given.row)
  const at = itself === -1 ? left.findIndex((row) => isSame(relation, row, given)) : itself
  return at === -1 ? undefined : left.splice(at, 1)[0]
}

function proposed(
  relation: Relation,
  given: Given,
  current: AnyRowOf | undefined,
  index: number,
): AnyChangeset {
  const made = ofAnySchema(given.changeset(current, index))
  if (made.schema !== relation.target) {
    throw new ChangesetError(
      `"${relation.name}" of ${titleOf(relation.owner)} takes changesets and rows of ${titleOf(relation.target)}, ` +
        `got one of ${titleOf(made.schema)}.`,
    )
  }
  const action = made.action ?? usualAction(relation, made, current, given)
  if (action === 'ignore') return made
  checkAction(relation, made, action, current, given)
  return made.action === action ? made : withState(made, { action })
}

function usualAction(
  { kind }: Relation,
  { row }: AnyChangeset,
  current: AnyRowOf | undefined,
  given: Given,
): Action {
  if (current && given.key !== undefined) return 'update'
  if (kind === 'embed' && !current) return 'insert'
  const state = stateOf(row)
  if (state === 'deleted') return 'delete'
  return state === 'built' ? 'insert' : 'update'
}

/** @throws ChangesetError for what would write to a row in another way than it may. */
function checkAction(
  relation: Relation,
  { row }: AnyChangeset,
  action: string,
  current: AnyRowOf | undefined,
  given: Given,
): void {
  const { name, owner, target } = relation
  const refuse = (why: string): never => {
    throw new ChangesetError(
      `cannot ${action} ${described(row, target)} through "${name}" of ${titleOf(owner)}${why}`,
    )
  }
  if (action === 'replace') {
    refuse(
      `: it was replaced by an earlier call. Cast or put a relation once, and not what a call before has made of it.`,
    )
  }
  if (action !== 'insert' && action !== 'update' && action !== 'delete') {
    refuse(`. What can be done with it is insert, update, delete and ignore.`)
  }
  if (current) {
    const isNew = given.key === undefined && isUnstored(row, target)
    if (action === 'insert' && !isNew) refuse(`: it is in there already.`)
  } else if (action !== 'insert' && !given.mayBeStored) {
    refuse(
      `: it is not in there. Rows that exist elsewhere are not reached by what was sent, so that nobody takes over ` +
        `rows of others. To move one here, set its foreign key, or put the row itself with putAssoc().`,
    )
  }
}

/** Whether a row may be left out, by what the relation says. @throws ChangesetError when it says that none may. */
function mayLeaveOut(relation: Relation, row: AnyRowOf): boolean {
  const { name, owner, target, onReplace, kind, many } = relation
  if (isUnstored(row, target)) return true
  if (onReplace !== 'raise') return onReplace !== 'markAsInvalid'
  const others = [
    "'delete'",
    ...(kind === 'assoc' ? ["'nilify'", "'deleteIfExists'"] : []),
    ...(many ? [] : ["'update'"]),
    "'markAsInvalid'",
  ].join(', ')
  const keys = target.primaryKey.map((key) => `"${key.name}"`).join(' and ')
  const kept = many
    ? `Casting and putting take all rows of a relation, not only those that change. If rows are only to be added ` +
      `and changed:\n  * give every row that is there already${keys === '' ? '' : `, each with its ${keys}`}.`
    : `What is cast or put there is another row, unless it is said to be this one. If it is only to be changed:\n` +
      `  * ${keys === '' ? `say { onReplace: 'update' } in the schema` : `give its ${keys} too`}.`
  throw new ChangesetError(
    `attempting to change "${name}" of ${titleOf(owner)} so that ${described(row, target)} is left out of it, ` +
      `and its onReplace is 'raise', which lets no row go.\n${kept}\n` +
      `If rows may go, say in the schema what becomes of them:\n  * ${name}: …(…, { onReplace: … }), one of ${others}.`,
  )
}

function refuseOther({ name, owner, target }: Relation, { row }: Given): void {
  if (!row) return
  throw new ChangesetError(
    `"${name}" of ${titleOf(owner)} has onReplace 'update', which changes the row that is there and puts no other ` +
      `in its place; it was given ${described(row, target)}. Give it the new values as a plain object.`,
  )
}

function isUnchanged({ valid, action, changes }: AnyChangeset): boolean {
  return valid && (action === 'update' || action === 'insert') && Object.keys(changes).length === 0
}

function refuseTwin(
  { target }: Relation,
  changeset: AnyChangeset,
  { key }: Given,
  seen: Set<string>,
): AnyChangeset {
  if (key === undefined) return changeset
  if (!seen.has(key)) {
    seen.add(key)
    return changeset
  }
  return target.primaryKey.reduce(
    (refused, { name }) => addError(refused, name, 'has already been taken'),
    ofAnySchema(changeset),
  )
}
