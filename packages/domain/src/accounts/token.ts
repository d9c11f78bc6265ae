import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** 256 random bits, unless it is to be shorter, as they stand in an address or a cookie. */
export function newToken(bytes = TOKEN_BYTES): string {
  return randomBytes(bytes).toString('base64url')
}

/** What is stored of a token. It is random already, so a plain hash cannot be guessed backwards. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
