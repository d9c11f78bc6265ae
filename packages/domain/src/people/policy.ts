import { type Actor, isAdmin, isSelf, isStaff, policy } from '../policies/index.ts'
import { type Person } from './person.ts'

type OnePerson = Pick<Person, 'id' | 'admin' | 'editor' | 'host'>

/**
 * Whoever has work here adds guests and mends what is said of them, but not of others who have a role. An address signs
 * in: who could change somebody's would be that somebody, so administrators do it alone (`updateEmail`). Nobody acts in the name of
 * an administrator: what one of them did is not to look like another's work.
 */
export const { actions, may, mayOrThrow } = policy('person', {
  list: isStaff,
  search: isStaff,
  show: isStaff,
  create: isStaff,
  update: (actor: Actor, person: OnePerson) =>
    isAdmin(actor) || (isStaff(actor) && (isSelf(actor, person) || !hasRole(person))),
  updateEmail: isAdmin,
  setRoles: isAdmin,
  merge: isAdmin,
  delete: isAdminOfAnother,
  masquerade: (actor: Actor, person: OnePerson) => isAdminOfAnother(actor, person) && !person.admin,
})

function hasRole({ admin, editor, host }: OnePerson): boolean {
  return admin || editor || host
}

function isAdminOfAnother(actor: Actor, person: OnePerson): boolean {
  return isAdmin(actor) && !isSelf(actor, person)
}
