/** How a client hides a token in the protocols it offers, as a browser lets it set no header. */
const PREFIX = 'base64url.bearer.phx.'

/** Its bytes are in base64 of either alphabet, without padding. */
export function authTokenOf(protocols: string | undefined): string | undefined {
  const entry = protocols
    ?.split(',')
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(PREFIX))
  // Node reads both alphabets.
  return entry && Buffer.from(entry.slice(PREFIX.length), 'base64').toString()
}
