import { isAdmin, policy } from '../policies/index.ts'

/** An import makes podcasts and says who hosts them, so who may create one may import one. */
export const { actions, may, mayOrThrow } = policy('import', {
  list: isAdmin,
  preview: isAdmin,
  run: isAdmin,
  show: isAdmin,
})
