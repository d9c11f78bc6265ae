import { change, type Changeset, getChange } from '@showrunner/data'
import { type LiveShow } from './live-show.ts'

/** What browsers play by themselves. The address of anything else is a page that is linked to. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.m3u8$/i, 'application/x-mpegurl'],
  [/\.(?:mp3|mp2)$/i, 'audio/mpeg'],
  [/\.(?:aac|m4a)$/i, 'audio/aac'],
  [/\.(?:ogg|oga|opus)$/i, 'audio/ogg'],
  [/\.(?:mp4|m4v)$/i, 'video/mp4'],
  [/\.webm$/i, 'video/webm'],
  // Icecast and Shoutcast call their streams so.
  [/\/(?:stream|listen|live|;)$/i, 'audio/mpeg'],
]
const PAGES =
  /(?:^|\.)(?:youtube\.com|youtu\.be|twitch\.tv|vimeo\.com|facebook\.com|linkedin\.com|x\.com)$/i

/** Keeps beside the address of a stream of what type it is. */
export function streamType(changeset: Changeset<typeof LiveShow>): Changeset<typeof LiveShow> {
  const address = getChange(changeset, 'streamUrl')
  if (address === undefined) return changeset
  return change(changeset, { streamType: address === null ? null : typeOf(address) })
}

function typeOf(address: string): string | null {
  const url = URL.parse(address)
  if (!url || PAGES.test(url.hostname)) return null
  return TYPES.find(([pattern]) => pattern.test(url.pathname))?.[1] ?? null
}
