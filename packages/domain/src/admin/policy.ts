import { isAdmin, isItsHost, isStaff, policy } from '../policies/index.ts'

/** What of the admin area belongs to no other context. What somebody's dashboard and search find is theirs to see. */
export const { actions, may, mayOrThrow } = policy('admin area', {
  enter: isStaff,
  search: isStaff,
  readActivity: isAdmin,
  readActivityOf: isItsHost,
  previewMails: isAdmin,
  watchJobs: isAdmin,
})
