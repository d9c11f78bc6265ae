// The names are Memberful's own, dots and underscores as they come.

export const MEMBER_EVENTS = [
  'member_signup',
  'member_updated',
  'member.deleted',
  'tax_id.updated',
  'custom_fields.updated',
] as const

export const SUBSCRIPTION_EVENTS = [
  'subscription.created',
  'subscription.updated',
  'subscription.renewed',
  'subscription.reactivated',
  'subscription.activated',
  'subscription.deactivated',
  'subscription.deleted',
] as const

export const ORDER_EVENTS = [
  'order.purchased',
  'order.refunded',
  'order.suspended',
  'order.completed',
] as const

export const PLAN_EVENTS = [
  'subscription_plan.created',
  'subscription_plan.updated',
  'subscription_plan.deleted',
] as const

export const DOWNLOAD_EVENTS = ['download.created', 'download.updated', 'download.deleted'] as const

/** Every event that Memberful documents. */
export const MEMBERFUL_EVENTS = [
  ...MEMBER_EVENTS,
  ...SUBSCRIPTION_EVENTS,
  ...ORDER_EVENTS,
  ...PLAN_EVENTS,
  ...DOWNLOAD_EVENTS,
] as const

export type MemberEvent = (typeof MEMBER_EVENTS)[number]
export type SubscriptionEvent = (typeof SUBSCRIPTION_EVENTS)[number]
export type OrderEvent = (typeof ORDER_EVENTS)[number]
export type PlanEvent = (typeof PLAN_EVENTS)[number]
export type DownloadEvent = (typeof DOWNLOAD_EVENTS)[number]
export type EventName = (typeof MEMBERFUL_EVENTS)[number]
