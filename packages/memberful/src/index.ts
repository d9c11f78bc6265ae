export {
  getMember,
  listMembers,
  listSubscriptions,
  type MemberfulMember,
  type MemberfulSubscription,
  type Page,
} from './api.ts'
export { MemberfulError } from './errors.ts'
export { type EventName, MEMBERFUL_EVENTS } from './events.ts'
export { type MemberfulSite } from './memberful-site.ts'
export { type Payload } from './payloads.ts'
export {
  type EventTopic,
  isEventName,
  readEvent,
  type ReceivedEvent,
  topicOf,
} from './read-event.ts'
export { SIGNATURE_HEADER, signatureOf, verifySignature } from './verify-signature.ts'
export { isJsonObject, type Json, type JsonObject } from './without-private.ts'
