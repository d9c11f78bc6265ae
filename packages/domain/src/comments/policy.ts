import { isAdmin, policy } from '../policies/index.ts'

/** What others say is looked at by administrators. What somebody may do with their own, `mayEdit` says. */
export const { actions, may, mayOrThrow } = policy('comment', {
  list: isAdmin,
  moderate: isAdmin,
})
