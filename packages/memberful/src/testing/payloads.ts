import { type EventName, MEMBERFUL_EVENTS } from '../events.ts'

/** What the documentation shows a member with, everything in it that is not to be kept too. */
export const MEMBER = {
  address: {
    street: 'Street',
    city: 'City',
    state: 'State',
    postal_code: 'Postal code',
    country: 'City',
  },
  created_at: 1_758_640_033,
  credit_card: { exp_month: 1, exp_year: 2040 },
  custom_field: 'Custom field value',
  discord_user_id: '000000000000000000',
  email: 'john.doe@example.com',
  first_name: 'John',
  full_name: 'John Doe',
  id: 0,
  last_name: 'Doe',
  phone_number: '555-12345',
  signup_method: 'checkout',
  stripe_customer_id: 'cus_00000',
  tracking_params: {
    utm_term: 'shoes',
    utm_campaign: 'summer_sale',
    utm_medium: 'social',
    utm_source: 'instagram',
    utm_content: 'textlink',
  },
  unrestricted_access: false,
  username: 'john_doe',
}

export const PLAN = {
  id: 0,
  interval_count: 1,
  interval_unit: 'month',
  name: 'Sample plan',
  price_cents: 100_000_000,
  slug: '0-sample-plan',
}

export const SUBSCRIPTION = {
  active: true,
  autorenew: true,
  created_at: '2025-09-23T15:07:13Z',
  expires_at: '2025-10-23T15:07:13Z' as string | null,
  id: 1,
  member: MEMBER,
  subscription_plan: PLAN,
  trial_end_at: null,
  trial_start_at: null,
}

/** Plans come in another form where they are for themselves, and inside of orders. */
const SOLD_PLAN = {
  id: 0,
  price: 1000,
  name: 'Sample plan',
  slug: '0-sample-plan',
  renewal_period: 'monthly',
  interval_unit: 'month',
  interval_count: 1,
  for_sale: true,
}

const ORDER = {
  uuid: '4DACB7B0-B728-0130-F9E8-102B343DC979',
  number: '4DACB7B0',
  total: 9900,
  status: 'completed',
  receipt: 'receipt text',
  member: MEMBER,
  products: [],
  subscriptions: [
    {
      active: true,
      created_at: 1_758_640_033,
      expires: true,
      expires_at: 1_761_232_033,
      id: 0,
      in_trial_period: false,
      subscription: SOLD_PLAN,
      trial_end_at: null,
      trial_start_at: null,
    },
  ],
}

const DOWNLOAD = {
  id: 0,
  name: 'Sample download',
  price: 1000,
  slug: '0-sample-download',
  for_sale: true,
}

const SAID: Readonly<Record<EventName, object>> = {
  member_signup: { member: MEMBER },
  member_updated: {
    member: MEMBER,
    changed: { email: ['old_email@example.com', 'john.doe@example.com'] },
  },
  'member.deleted': { member: { deleted: true, id: 0 } },
  'tax_id.updated': { member: MEMBER, tax_id: { type: 'eu_vat', value: 'DE123456789' } },
  'custom_fields.updated': {
    member: MEMBER,
    custom_fields: [{ id: 1, label: 'Phone', value: '555-12345' }],
  },
  'subscription.created': { subscription: SUBSCRIPTION },
  'subscription.updated': {
    subscription: SUBSCRIPTION,
    changed: {
      plan_id: [42, 0],
      expires_at: ['2025-10-23T15:07:13Z', '2025-11-22T15:07:13Z'],
      autorenew: [false, true],
    },
  },
  'subscription.renewed': {
    subscription: SUBSCRIPTION,
    order: {
      created_at: '2025-09-23T15:07:13Z',
      status: 'completed',
      total: 9900,
      uuid: ORDER.uuid,
    },
  },
  'subscription.reactivated': {
    subscription: SUBSCRIPTION,
    order: {
      created_at: '2025-09-23T15:07:13Z',
      status: 'completed',
      total: 9900,
      uuid: ORDER.uuid,
    },
  },
  'subscription.activated': { subscription: SUBSCRIPTION },
  'subscription.deactivated': { subscription: { ...SUBSCRIPTION, active: false } },
  'subscription.deleted': { subscription: SUBSCRIPTION },
  'order.purchased': { order: ORDER },
  'order.refunded': { order: { ...ORDER, status: 'refunded' } },
  'order.suspended': { order: { ...ORDER, status: 'suspended' } },
  'order.completed': { order: ORDER },
  'subscription_plan.created': { subscription: SOLD_PLAN },
  'subscription_plan.updated': { subscription: SOLD_PLAN },
  'subscription_plan.deleted': { subscription: SOLD_PLAN },
  'download.created': { product: DOWNLOAD },
  'download.updated': { product: DOWNLOAD },
  'download.deleted': { product: DOWNLOAD },
}

/** An event as the documentation shows it, or with something of it said otherwise. */
export function payload(event: EventName, said: object = {}): { readonly event: EventName } {
  return { event, ...SAID[event], ...said }
}

/** Every event that is documented, as it is documented. */
export const DOCUMENTED = MEMBERFUL_EVENTS.map((event) => payload(event))
