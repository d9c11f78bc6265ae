import { createHmac } from 'node:crypto'

export const SIGNATURE_HEADER = 'x-showrunner-signature'

/** `t=1763640000,v1=…`: when it was sent, and the HMAC-SHA256 of that and the body. Whoever gets it makes the same. */
export function signatureOf(secret: string, body: string, asOf: Date): string {
  const seconds = Math.floor(asOf.getTime() / 1000)
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${digest}`
}
