import { isAdmin, policy } from '../policies/index.ts'

/** Who pays, and what Memberful says of them, is for administrators alone. */
export const { actions, may, mayOrThrow } = policy('membership', {
  list: isAdmin,
  show: isAdmin,
  listEvents: isAdmin,
  showEvent: isAdmin,
  replay: isAdmin,
  link: isAdmin,
  sendTest: isAdmin,
})
