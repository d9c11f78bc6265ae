import { newToken, tokenHash } from '../accounts/index.ts'
import { type MemberFeed } from './member-feed.ts'

const BYTES = 16

/** 128 random bits, and what is stored of an address that has them. */
export function newAddress(asOf: Date): { readonly token: string } & {
  readonly stored: Pick<MemberFeed, 'tokenHash' | 'addressMadeAt'>
} {
  const token = newToken(BYTES)
  return { token, stored: { tokenHash: tokenHash(token), addressMadeAt: asOf } }
}
