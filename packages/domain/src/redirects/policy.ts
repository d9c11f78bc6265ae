import { isAdmin, policy } from '../policies/index.ts'

export const { actions, may, mayOrThrow } = policy('redirect', {
  list: isAdmin,
  show: isAdmin,
  create: isAdmin,
  update: isAdmin,
  delete: isAdmin,
})
