import {
  type AnySchema,
  applyAction,
  type Changeset,
  type Row,
  traverseErrors,
} from '@showrunner/data'
import { isJsonObject, type Json, type JsonObject, topicOf } from '@showrunner/memberful'
import {
  type Known,
  type KnownSubscription,
  NEVER,
  NO_VALUES,
  type Period,
  type Values,
} from './known.ts'
import {
  leftValues,
  memberEvent,
  orderEvent,
  subscriptionEvent,
  type ToldMember,
  type ToldSubscription,
} from './payloads.ts'

/** Names are shown on one line. */
const LONGEST_NAME = 200

/** What an event says of a member. */
export interface Told {
  readonly memberId: number
  readonly fullName: string | null
  readonly known: Known
}

export type Reading =
  /** Nothing told: it is about no member. */
  | { readonly ok: true; readonly told: Told | undefined }
  /** Not as documented: what is wrong with it, in words. */
  | { readonly ok: false; readonly words: string }

/** What a stored event says of a member. */
export function toldBy(name: string, payload: JsonObject): Reading {
  const topic = topicOf(name)
  const left = leftValues(payload['changed']).changes
  switch (topic) {
    case 'member':
      return name === 'member.deleted' || isJsonObject(payload['member'])
        ? reading(memberEvent(payload), ({ member }) =>
            member ? ofMember(member, { left, deleted: name === 'member.deleted' }) : undefined,
          )
        : { ok: true, told: undefined }
    case 'order':
      // What is sold says nothing of access: a subscription that comes of it, and not of a gift, has events of its own.
      return reading(orderEvent(payload), ({ order }) =>
        order?.member ? ofMember(order.member, {}) : undefined,
      )
    case 'subscription':
      return reading(subscriptionEvent(payload), ({ subscription }) =>
        subscription?.member
          ? ofSubscription(name, subscription, subscription.member, {
              ...left,
              period: left.expiresAt?.toISOString() ?? endlessBefore(payload['changed']),
            })
          : undefined,
      )
    case 'plan':
    case 'download':
    case 'unknown':
      return { ok: true, told: undefined }
    default:
      throw new Error(`unknown topic: ${String(topic satisfies never)}`)
  }
}

/** The data of an event's changeset as told, or what is wrong with it. */
function reading<S extends AnySchema>(
  changeset: Changeset<S>,
  told: (row: Row<S>) => Told | undefined,
): Reading {
  const read = applyAction(changeset, 'read')
  return read.ok
    ? { ok: true, told: told(read.value) }
    : { ok: false, words: wrongWords(traverseErrors(read.changeset)) }
}

/** `subscription.member.id can't be blank` */
function wrongWords(errors: object, inside = ''): string {
  const said = Object.entries(errors).flatMap(([field, wrong]: [string, unknown]) =>
    Array.isArray(wrong)
      ? wrong.map((message) => `${inside}${field} ${String(message)}`)
      : [wrongWords(Object(wrong) as object, `${inside}${field}.`)],
  )
  return said.join(', ')
}

/** It had no end before, and has one now. */
function endlessBefore(changed: Json | undefined): Period | undefined {
  const pair = isJsonObject(changed) ? changed['expires_at'] : undefined
  return Array.isArray(pair) && pair[0] === null ? NEVER : undefined
}

type Left = ReturnType<typeof leftValues>['changes']

function ofMember(
  { id, email, fullName, unrestrictedAccess }: ToldMember,
  { left = {}, deleted = false }: { readonly left?: Left; readonly deleted?: boolean },
): Told {
  const known: Known = {
    deleted,
    emails: sighting(email, left.email),
    unrestricted: sighting(unrestrictedAccess, left.unrestrictedAccess),
    subscriptions: {},
  }
  return { memberId: id, fullName: fullName?.slice(0, LONGEST_NAME) ?? null, known }
}

/** Events after which access is there that was not there before, in a period that had begun. */
const RESUMING = new Set(['subscription.activated', 'subscription.reactivated'])

function ofSubscription(
  name: string,
  subscription: ToldSubscription,
  member: ToldMember,
  left: Left & { readonly period: Period | undefined },
): Told {
  const period = subscription.expiresAt?.toISOString() ?? NEVER
  const plan = subscription.subscriptionPlan
  // Without an end there is one period only, so coming back is within it.
  const isRenewed = name === 'subscription.renewed' && period === NEVER
  const isResumed = subscription.active && (RESUMING.has(name) || isRenewed)
  const known: KnownSubscription = {
    createdAt: subscription.createdAt?.toISOString() ?? null,
    deleted: name === 'subscription.deleted',
    periods: sighting(period, left.period),
    // The name says more than the snapshot in it.
    ended: name === 'subscription.deactivated' || !subscription.active ? [period] : [],
    resumed: isResumed ? [period] : [],
    over: [],
    terms: {
      [period]: {
        plans: sighting(plan?.id, left.planId),
        autorenew: sighting(subscription.autorenew, left.autorenew),
      },
    },
    planNames: plan ? { [plan.id]: plan.name.slice(0, LONGEST_NAME) } : {},
  }
  const told = ofMember(member, {})
  return {
    ...told,
    known: { ...told.known, subscriptions: { [subscription.id]: known } },
  }
}

/** Something seen, and what it was before. */
export function sighting<Value>(
  seen: Value | null | undefined,
  left?: Value | null,
): Values<Value> {
  if (seen == null) return NO_VALUES
  // What was left is not what is there, whatever else is said.
  return { seen: [seen], left: left == null || left === seen ? [] : [left] }
}
