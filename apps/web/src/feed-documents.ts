import { createHash } from 'node:crypto'
import { type FeedDraft } from '@showrunner/feeds'
import { writeFeed } from './write-feed.ts'

/** A feed as it is sent. */
export interface FeedDocument {
  readonly body: Buffer
  /** Of the bytes: the same feed has the same one. */
  readonly etag: string
  /** When these bytes were first seen, since nothing else says when a feed last changed in any part. */
  readonly lastModified: Date
  /** When something appears by itself, and these bytes are out of date. */
  readonly until: Date | undefined
}

/** What a feed is made of. */
export interface FeedSource {
  readonly draft: FeedDraft
  readonly until: Date | undefined
}

/** Makes feeds, one of each at a time: whoever asks while one is being made gets that one. */
export function feedDocuments(clock: () => Date) {
  const underWay = new Map<string, Promise<FeedDocument>>()
  const lastSeen = new Map<string, Pick<FeedDocument, 'etag' | 'lastModified'>>()

  async function make(name: string, read: () => Promise<FeedSource>): Promise<FeedDocument> {
    const { draft, until } = await read()
    const body = await writeFeed(draft)
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    const before = lastSeen.get(name)
    const lastModified = before?.etag === etag ? before.lastModified : after(before, clock())

    lastSeen.set(name, { etag, lastModified })
    return { body, etag, lastModified, until }
  }

  return (name: string, read: () => Promise<FeedSource>): Promise<FeedDocument> => {
    const known = underWay.get(name)
    if (known) return known

    const made = make(name, read).finally(() => underWay.delete(name))
    underWay.set(name, made)
    return made
  }
}

/** A date in a header counts seconds: what changes twice in one would not have changed for who asks by it. */
function after(before: Pick<FeedDocument, 'lastModified'> | undefined, now: Date): Date {
  if (!before || secondOf(before.lastModified) < secondOf(now)) return now
  return new Date((secondOf(before.lastModified) + 1) * 1000)
}

function secondOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
