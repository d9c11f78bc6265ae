import {
  type AlternateEnclosure,
  type Category,
  type Chat,
  type ContentLink,
  type Funding,
  type License,
  type Location,
  type RemoteItem,
  type ServiceBlock,
  type SocialInteract,
  type Soundbite,
  type Trailer,
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

export const areRemoteItems = listOf<RemoteItem>(namesFeed)

export function isRemoteItem(value: unknown): boolean {
  return isObject<RemoteItem>(value) && namesFeed(value)
}

function namesFeed({ feedGuid, feedUrl }: Untrusted<RemoteItem>): boolean {
  return isText(feedGuid) && (feedUrl == null || isWebAddress(feedUrl))
}

export const areBlocks = listOf<ServiceBlock>(
  (one) => typeof one.blocked === 'boolean' && (one.service == null || isText(one.service)),
)

export const areTrailers = listOf<Trailer>(
  (one) => typeof one.title === 'string' && isWebAddress(one.url),
)

export const areContentLinks = listOf<ContentLink>((one) => isWebAddress(one.url))

export const areSources = listOf<AlternateEnclosure['sources'][number]>((one) => isText(one.uri))

export function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

export function isChat(value: unknown): boolean {
  return isObject<Chat>(value) && isText(value.server) && isText(value.protocol)
}

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
