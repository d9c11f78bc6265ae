import { createHmac, timingSafeEqual } from 'node:crypto'
import { type MemberFeed } from './member-feed.ts'

const KEY = /^([1-9]\d{0,14})-([\w-]{22})$/
const BYTES = 16

/**
 * What stands in the address of an episode's sound in a feed. It is of this feed and this episode alone: whoever passes it on
 * gives away neither the feed nor another episode, and it ends with the address of the feed. It does not run out by itself,
 * because apps fetch what they were told of weeks ago; instead it is asked each time whether the owner is still a member.
 */
export function audioKey({ id, tokenHash }: OneFeed, episodeId: number): string {
  return `${id}-${signature(tokenHash, episodeId).toString('base64url')}`
}

/** The feed that such a key says it is of. */
export function feedOfKey(key: string): number | undefined {
  const [, id] = KEY.exec(key) ?? []
  return id === undefined ? undefined : Number(id)
}

export function isAudioKey(feed: OneFeed, episodeId: number, key: string): boolean {
  const [, id, sent = ''] = KEY.exec(key) ?? []
  const signed = Buffer.from(sent, 'base64url')
  const expected = signature(feed.tokenHash, episodeId)
  return Number(id) === feed.id && signed.length === BYTES && timingSafeEqual(signed, expected)
}

type OneFeed = Pick<MemberFeed, 'id' | 'tokenHash'>

function signature(tokenHash: string, episodeId: number): Buffer {
  return createHmac('sha256', tokenHash).update(`audio ${episodeId}`).digest().subarray(0, BYTES)
}
