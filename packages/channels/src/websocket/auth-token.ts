import { type IncomingHttpHeaders } from 'node:http'

/** How a client hides a token in the protocols it offers, as a browser lets it set no header. */
const PREFIX = 'base64url.bearer.phx.'

/** Its bytes are in base64 of either alphabet, without padding. */
export function authTokenOf(protocols: string | undefined): string | undefined {
  const entry = offered(protocols).find((protocol) => protocol.startsWith(PREFIX))
  // Node reads both alphabets.
  return entry && Buffer.from(entry.slice(PREFIX.length), 'base64').toString()
}

/** Takes the token from what is offered: the letters of base64 are not all allowed there. */
export function withoutAuthToken(headers: IncomingHttpHeaders): void {
  const protocols = headers['sec-websocket-protocol']
  const others = offered(protocols).filter((protocol) => !protocol.startsWith(PREFIX))
  if (others.length > 0) headers['sec-websocket-protocol'] = others.join(', ')
  else delete headers['sec-websocket-protocol']
}

function offered(protocols: string | undefined): string[] {
  return protocols === undefined ? [] : protocols.split(',').map((protocol) => protocol.trim())
}
