export {
  CallFailedError,
  CallTimeoutError,
  NoServiceError,
  OptionError,
  OverloadedError,
  ServiceError,
} from './errors.ts'
export { type PresenceDiff } from './presence/announcements.ts'
export {
  createPresence,
  type Presence,
  type PresenceOptions,
  type Presenting,
} from './presence/presence.ts'
export { presenceMap, type Presences } from './presence/presences.ts'
export { type ServiceChange } from './services/changes.ts'
export { type Instance, type Ref } from './services/instance.ts'
export { type Limits } from './services/limiter.ts'
export { type EndReason, type Kind, type Placed, type PlaceOptions } from './services/placements.ts'
export { type Registered, type ServiceOptions } from './services/registry.ts'
export { byKey, comparing, leastLoaded, type Route } from './services/routes.ts'
export {
  createServices,
  type CallOptions,
  type Services,
  type ServicesOptions,
} from './services/services.ts'
export { type Diff, type Entry, type Meta } from './tracker/entry.ts'
export { type Refused, type Tracked } from './tracker/shard.ts'
export { realTime, type Time } from './tracker/time.ts'
export { type Timing } from './tracker/timing.ts'
export { createTracker, type Tracker, type TrackerOptions } from './tracker/tracker.ts'
