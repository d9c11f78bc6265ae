import {
  build,
  cast,
  castEmbed,
  check,
  embedded,
  embedsOne,
  length,
  required,
  t,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { isJsonObject, type Json } from '@showrunner/memberful'
import { lowerCase } from '../formats/index.ts'

/** No mail server takes a longer one. */
const LONGEST_ADDRESS = 254

// What Memberful sends, as schemas without a table: a changeset says what is wrong with it. Fields that are not named here
// are nothing to us.

// The times of subscriptions come as ISO text, all others as seconds since 1970.
const moment = t.custom<Date>({
  name: 'moment',
  sqlTypes: ['timestamptz'],
  cast(value) {
    const date = typeof value === 'number' ? new Date(value * 1000) : new Date(String(value))
    const year = date.getUTCFullYear()
    const isTime = year >= 1 && year < 10_000
    return isTime ? { ok: true, value: date } : { ok: false, message: 'is no time' }
  },
  load: (value) => new Date(value),
  dump: (date) => date.toISOString(),
})

const Member = embedded({
  id: t.bigint(),
  email: t.string().nullable(),
  fullName: t.string().nullable(),
  unrestrictedAccess: t.boolean().nullable(),
})
export type ToldMember = Row<typeof Member>

const Plan = embedded({ id: t.bigint(), name: t.string() })

const Subscription = embedded({
  id: t.bigint(),
  active: t.boolean(),
  autorenew: t.boolean().nullable(),
  createdAt: moment.nullable(),
  expiresAt: moment.nullable(),
  member: embedsOne(Member),
  subscriptionPlan: embedsOne(Plan),
})
export type ToldSubscription = Row<typeof Subscription>

const AboutMember = embedded({ member: embedsOne(Member) })
const AboutSubscription = embedded({ subscription: embedsOne(Subscription) })
const AboutOrder = embedded({ order: embedsOne(AboutMember) })

/** Of what has changed, the values that were left. */
const Left = embedded({
  email: t.string().nullable(),
  unrestrictedAccess: t.boolean().nullable(),
  planId: t.bigint().nullable(),
  autorenew: t.boolean().nullable(),
  expiresAt: moment.nullable(),
})

export function memberEvent(payload: Params): Changeset<typeof AboutMember> {
  return check(
    cast(build(AboutMember), payload, []),
    castEmbed('member', { required: true, with: memberChangeset }),
  )
}

export function orderEvent(payload: Params): Changeset<typeof AboutOrder> {
  return check(
    cast(build(AboutOrder), payload, []),
    castEmbed('order', {
      required: true,
      with: (order, sent) =>
        check(
          cast(order, sent, []),
          castEmbed('member', { required: true, with: memberChangeset }),
        ),
    }),
  )
}

export function subscriptionEvent(payload: Params): Changeset<typeof AboutSubscription> {
  return check(
    cast(build(AboutSubscription), payload, []),
    castEmbed('subscription', {
      required: true,
      with: (subscription, sent) =>
        check(
          cast(subscription, camelCased(sent), [
            'id',
            'active',
            'autorenew',
            'createdAt',
            'expiresAt',
          ]),
          castEmbed('member', { required: true, with: memberChangeset }),
          castEmbed('subscriptionPlan', {
            with: (plan, said) => check(cast(plan, said, ['id', 'name']), required('id', 'name')),
          }),
          required('id', 'active'),
        ),
    }),
  )
}

/** What cannot be read of it is nothing that we know: it is a hint, and what the event is about stands beside it. */
export function leftValues(changed: Json | undefined): Changeset<typeof Left> {
  const befores = isJsonObject(changed)
    ? Object.entries(changed).map(([field, pair]): [string, unknown] => [
        field,
        Array.isArray(pair) ? pair[0] : undefined,
      ])
    : []
  const fields = ['email', 'unrestrictedAccess', 'planId', 'autorenew', 'expiresAt'] as const
  return check(
    cast(build(Left), camelCased(Object.fromEntries(befores)), fields),
    lowerCase('email'),
  )
}

function memberChangeset(member: ToldMember, sent: Params): Changeset<typeof Member> {
  return check(
    cast(member, camelCased(sent), ['id', 'email', 'fullName', 'unrestrictedAccess']),
    lowerCase('email'),
    length('email', { max: LONGEST_ADDRESS }),
    required('id'),
  )
}

function camelCased(sent: Params): Params {
  if (!isJsonObject(sent)) return sent
  const renamed = Object.entries(sent).map(([key, value]): [string, unknown] => [
    key.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    value,
  ])
  return Object.fromEntries(renamed)
}
