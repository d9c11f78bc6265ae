import { isAdmin, isItsHost, isStaff, policy } from '../policies/index.ts'

/** Who was mailed what is for administrators, but for what a podcast wrote itself; of an episode its hosts know how many. */
export const { actions, may, mayOrThrow } = policy('logged mail', {
  list: isStaff,
  listAll: isAdmin,
  count: isItsHost,
})
