import { isItsHost, policy } from '../policies/index.ts'

/** Asked about the episode whose words they are. */
export const { actions, may, mayOrThrow } = policy(
  'transcript',
  { show: isItsHost, update: isItsHost, delete: isItsHost },
  { hides: true },
)
