import { isAdmin, isHost, policy } from '../policies/index.ts'

/** Hosts pick the sponsors of their episodes, which the original's form offers and its search refuses. */
export const { actions, may, mayOrThrow } = policy('sponsor', {
  search: isHost,
  list: isAdmin,
  show: isAdmin,
  create: isAdmin,
  update: isAdmin,
  delete: isAdmin,
})
