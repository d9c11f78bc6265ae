export { ReconcileError } from './errors.ts'
export { BODY_DAYS, EVENT_DAYS, forgetEvents } from './forget-events.ts'
export {
  countEvents,
  EVENT_KINDS,
  EVENT_SORTS,
  type EventKind,
  findEventOf,
  type ListedEvent,
  listEventsOf,
  replayFor,
  searchEvents,
} from './inbox.ts'
export { getInboxEvent, type InboxEvent, type StoryLine } from './inbox-event.ts'
export { type InboxHealth, inboxHealth, QUIET_DAYS } from './inbox-health.ts'
export { membershipJobs } from './jobs.ts'
export { type MembershipListener, type MembershipParts } from './listener.ts'
export {
  countMembers,
  type ListedMember,
  MEMBER_PLACES,
  MEMBER_SORTS,
  type MemberPlace,
  searchMembers,
} from './members.ts'
export { Membership } from './membership.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { getEvent, isMember, listMemberships, replayEvents } from './read-memberships.ts'
export { type Received, receiveEvent } from './receive-event.ts'
export { MEMBERSHIP_STATUSES, type MembershipStatus } from './standing.ts'
export { testedBy, testEvent } from './test-event.ts'
export { EVENT_STATES, type EventState, WebhookEvent } from './webhook-event.ts'
export { noteSteps, WebhookStep } from './webhook-step.ts'
