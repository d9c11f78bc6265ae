import { createHmac } from 'node:crypto'

export const SIGNATURE_HEADER = 'x-showrunner-signature'

/**
 * `t=1763640000,v1=…`: when it was sent, and the HMAC-SHA256 of that and the body, one `v1` for each secret. Whoever gets it
 * makes the same, and believes it when one of them is.
 */
export function signatureOf(secrets: readonly string[], body: string, asOf: Date): string {
  const seconds = Math.floor(asOf.getTime() / 1000)
  const digestOf = (secret: string) =>
    createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${digestOf(secret)}`)].join(',')
}
