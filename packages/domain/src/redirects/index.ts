export { findRedirect, type Led } from './follow.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { Redirect, REDIRECT_STATUSES, redirectChangeset, type RedirectStatus } from './redirect.ts'
export {
  createRedirect,
  deleteRedirect,
  editRedirect,
  getRedirect,
  REDIRECT_SORTS,
  searchRedirects,
  updateRedirect,
} from './redirects.ts'
