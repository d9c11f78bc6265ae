import { isAdmin, isStaff, policy } from '../policies/index.ts'

/** `search` is what a picker asks for: everybody who works on something says what it is about. */
export const { actions, may, mayOrThrow } = policy('topic', {
  search: isStaff,
  list: isAdmin,
  show: isAdmin,
  create: isAdmin,
  update: isAdmin,
  delete: isAdmin,
})
