import { createHmac, timingSafeEqual } from 'node:crypto'

const WINDOW_SECONDS = 5 * 60

/** How Slack signs a request: `v0=` and an HMAC of the version, the time and the raw body. */
export function slackSignature(rawBody: Uint8Array, timestamp: string, secret: string): string {
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(rawBody)
  return `v0=${hmac.digest('hex')}`
}

/**
 * Whether a request came from Slack, within the last five minutes. The comparison takes as long whatever differs.
 *
 * @param timestamp of the header `X-Slack-Request-Timestamp`.
 * @param signature of the header `X-Slack-Signature`.
 */
export function verifySlackRequest(
  rawBody: Uint8Array,
  timestamp: string | undefined,
  signature: string | undefined,
  secret: string,
  now: Date,
): boolean {
  if (secret === '' || !timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > WINDOW_SECONDS) return false

  const expected = Buffer.from(slackSignature(rawBody, timestamp, secret))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
