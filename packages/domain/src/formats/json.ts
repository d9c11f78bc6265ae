import {
  type Category,
  type Funding,
  type License,
  type Location,
  type RemoteItem,
  type SocialInteract,
  type Soundbite,
  type Txt,
  type UpdateFrequency,
  type Value,
} from '@showrunner/feeds'
import { WEB_ADDRESS } from './formats.ts'

export const areCategories = listOf<Category>((one) => isText(one.name))

export const areFunding = listOf<Funding>((one) => isText(one.text) && isWebAddress(one.url))

export const areLocations = listOf<Location>((one) => isText(one.name))

export const areSoundbites = listOf<Soundbite>(
  (one) => isCount(one.startsMs) && isCount(one.durationMs),
)

export const areTxts = listOf<Txt>((one) => isText(one.text))

export const areRemoteItems = listOf<RemoteItem>(
  (one) => isText(one.feedGuid) && (one.feedUrl == null || isWebAddress(one.feedUrl)),
)

export const arePayments = listOf<Value>((one) => isText(one.type) && Array.isArray(one.recipients))

export function isUpdateFrequency(value: unknown): boolean {
  return isObject<UpdateFrequency>(value) && typeof value.text === 'string'
}

export const areSocialInteracts = listOf<SocialInteract>((one) => isText(one.protocol))

export function isLicense(value: unknown): boolean {
  return (
    isObject<License>(value) && isText(value.name) && (value.url == null || isWebAddress(value.url))
  )
}

/** What came from outside: the names are known, what they hold is not. */
type Untrusted<T extends object> = Partial<Readonly<Record<keyof T, unknown>>>

function listOf<T extends object>(
  fits: (one: Untrusted<T>) => boolean,
): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every((one) => isObject<T>(one) && fits(one))
}

function isObject<T extends object>(value: unknown): value is Untrusted<T> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function isWebAddress(value: unknown): boolean {
  return typeof value === 'string' && WEB_ADDRESS.test(value)
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
