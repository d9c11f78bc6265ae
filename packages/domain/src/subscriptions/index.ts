export {
  type CsvProblem,
  type CsvReport,
  importSubscribers,
  LARGEST_IMPORT,
  previewSubscribers,
} from './import-subscribers.ts'
export { removeUnconfirmedSubscriptions, SUBSCRIPTION_JOBS } from './jobs.ts'
export { tellSubscribers, tellTranscriptReady } from './mail-batch.ts'
export { SUBSCRIPTION_MAILS } from './mails.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { type Growth, type GrowthInterval, growthOf } from './growth.ts'
export {
  countSubscriptions,
  findSubscriptionOf,
  type ListedSubscription,
  listSubscriptions,
  listSubscriptionsOf,
  type OwnSubscription,
  type SubscriptionTotals,
} from './read-subscriptions.ts'
export { readers } from './scopes.ts'
export { type SubscriptionParts } from './send-subscription-mails.ts'
export {
  askToSubscribe,
  confirmSubscription,
  findSubject,
  findUnconfirmedSubscription,
  NEWSLETTER,
  type Subject,
  subscribe,
} from './subscribe.ts'
export { SubscriptionMail } from './subscription-mail.ts'
export { type SubscribedBy, Subscription, type WholeSubscription } from './subscription.ts'
export {
  findByUnsubscribeToken,
  stopMailing,
  unsubscribe,
  unsubscribeFromAll,
  UnsubscribeKey,
  unsubscribeToken,
} from './unsubscribe.ts'
export { UnconfirmedSubscription } from './unconfirmed-subscription.ts'
