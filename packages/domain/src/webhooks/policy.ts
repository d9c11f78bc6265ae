import { isAdmin, policy } from '../policies/index.ts'

/** What is told outside, members among it, is for administrators. */
export const { actions, may, mayOrThrow } = policy('webhook', {
  list: isAdmin,
  create: isAdmin,
  show: isAdmin,
  update: isAdmin,
  delete: isAdmin,
  deliver: isAdmin,
})
