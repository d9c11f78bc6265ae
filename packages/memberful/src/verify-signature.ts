import { createHmac, timingSafeEqual } from 'node:crypto'

export const SIGNATURE_HEADER = 'x-memberful-webhook-signature'

/** Hexadecimal, as documented; some of Memberful's own libraries write the algorithm in front. */
const SIGNATURE = /^(?:sha256=)?([0-9a-f]{64})$/i

/**
 * Whether Memberful signed these very bytes with one of the secrets. It takes as long whichever of them it was, and
 * however much of a wrong signature is right.
 */
export function verifySignature(
  rawBody: Uint8Array,
  header: string | readonly string[] | undefined,
  secrets: readonly string[],
): boolean {
  const [, hex] = SIGNATURE.exec(typeof header === 'string' ? header.trim() : '') ?? []
  if (hex === undefined) return false
  const given = Buffer.from(hex, 'hex')
  return secrets
    .map((secret) => timingSafeEqual(given, signatureOf(rawBody, secret)))
    .includes(true)
}

export function signatureOf(rawBody: Uint8Array, secret: string): Buffer {
  return createHmac('sha256', secret).update(rawBody).digest()
}
