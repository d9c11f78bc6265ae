export {
  ApiCreation,
  forgetCreations,
  KeyUsedError,
  makeOnce,
  type MadeOnce,
} from './api-creation.ts'
export { ApiToken, type ApiTokenWithOwner, isExpired } from './api-token.ts'
export { ApiTokenPodcast } from './api-token-podcast.ts'
export { forgetApiCreations } from './jobs.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export {
  API_TOKEN_SORTS,
  type Bearer,
  findBearer,
  getTokenById,
  listOwnTokens,
  searchTokens,
} from './read-tokens.ts'
export { type Scope, SCOPES } from './scopes.ts'
export {
  createToken,
  LASTING_DAYS,
  listTokenPodcasts,
  type MadeToken,
  newApiToken,
  revokeToken,
  TOKEN_BEGINNING,
} from './write-tokens.ts'
export { getEpisodeAtWork, getPodcastAtWork, saveAtWork, startAtWork } from './at-work.ts'
