export { announceToSubmitter } from './announce.ts'
export { type Answer, answerFormChangeset, ANSWERS, type AnswerStatus } from './answer.ts'
export { type Answered, answerRequest, replyToRequest } from './answer-request.ts'
export { confirmRequest, findUnconfirmed } from './confirm-request.ts'
export {
  EpisodeRequest,
  LONGEST_WISH,
  REQUEST_STATUSES,
  requestChangeset,
  type RequestStatus,
  WISH_FIELDS,
} from './episode-request.ts'
export { listAnswered, listLinkable } from './for-answering.ts'
export { REQUEST_JOBS, removeUnconfirmedRequests } from './jobs.ts'
export { REQUEST_MAILS } from './mails.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export {
  countRequests,
  deleteRequest,
  type FreshRequests,
  getRequest,
  type ListedRequest,
  listFreshRequests,
  listRequests,
  listRequestsOf,
  stateOfRequest,
  type WholeRequest,
} from './read-requests.ts'
export { findRequestByToken, RequestLink } from './request-link.ts'
export { LONGEST_MESSAGE, messageChangeset, RequestMessage } from './request-message.ts'
export { REQUEST_STATES, type RequestState, visibleTo } from './scopes.ts'
export { type RequestMailParts } from './send-request-mails.ts'
export { listAskable, type Submitted, submitRequest } from './submit-request.ts'
export { unconfirmedChangeset, UnconfirmedRequest } from './unconfirmed-request.ts'
