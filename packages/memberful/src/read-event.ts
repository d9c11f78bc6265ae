import {
  DOWNLOAD_EVENTS,
  type EventName,
  MEMBER_EVENTS,
  MEMBERFUL_EVENTS,
  ORDER_EVENTS,
  PLAN_EVENTS,
  SUBSCRIPTION_EVENTS,
} from './events.ts'
import { isJsonObject, type JsonObject, storable, withoutPrivate } from './without-private.ts'

/** What an event is about. `unknown` is what Memberful sends and does not document. */
export type EventTopic = 'member' | 'subscription' | 'order' | 'plan' | 'download' | 'unknown'

export interface ReceivedEvent {
  readonly name: string
  readonly topic: EventTopic
  /** Whom it is about, where it says so. */
  readonly memberId: number | undefined
  /** What it says, without what is private: `Payload` has the shapes, and nobody has looked at it yet. */
  readonly payload: JsonObject
}

const LONGEST_NAME = 100

const TOPICS = new Map<string, EventTopic>([
  ...MEMBER_EVENTS.map((name) => [name, 'member'] as const),
  ...SUBSCRIPTION_EVENTS.map((name) => [name, 'subscription'] as const),
  ...ORDER_EVENTS.map((name) => [name, 'order'] as const),
  ...PLAN_EVENTS.map((name) => [name, 'plan'] as const),
  ...DOWNLOAD_EVENTS.map((name) => [name, 'download'] as const),
])

/** What a body says happened; undefined when it is no JSON, or none that could say so. */
export function readEvent(rawBody: Uint8Array | string): ReceivedEvent | undefined {
  const said = parsed(rawBody)
  if (!isJsonObject(said)) return undefined
  const { event } = said
  const name = typeof event === 'string' ? storable(event).slice(0, LONGEST_NAME) : ''
  return {
    name: name === '' ? 'unnamed' : name,
    topic: topicOf(name),
    memberId: memberIdIn(said),
    payload: withoutPrivate(said),
  }
}

export function topicOf(name: string): EventTopic {
  return TOPICS.get(name) ?? 'unknown'
}

export function isEventName(name: string): name is EventName {
  return (MEMBERFUL_EVENTS as readonly string[]).includes(name)
}

/** Memberful's own API writes identifiers as text, its events as numbers. */
function idOf(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined
}

function parsed(rawBody: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function memberIdIn(said: JsonObject): number | undefined {
  const holders = [said, said['subscription'], said['order']].filter(isJsonObject)
  const members = holders.map((holder) => holder['member']).filter(isJsonObject)
  return members.map(({ id }) => idOf(id)).find((id) => id !== undefined)
}
