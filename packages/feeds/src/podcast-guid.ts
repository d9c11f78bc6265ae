import { createHash } from 'node:crypto'

// The namespace of podcast guids, from the podcast namespace's `guid` tag.
const NAMESPACE = Buffer.from('ead4c236bf5858c6a2c6a6b28d128cb6', 'hex')

/**
 * The `podcast:guid` of a feed address: a UUIDv5 (RFC 9562) of it without scheme and trailing slashes. Given once, and
 * kept when the feed moves: where a feed states one, that one stands.
 *
 * @example podcastGuid('https://podnews.net/rss') // '9b024349-ccf0-5f69-a609-6b82873eab3c'
 */
export function podcastGuid(feedUrl: string): string {
  const name = feedUrl
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/\/+$/, '')
  const hash = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex', 0, 16)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
