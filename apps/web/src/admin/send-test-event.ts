import { SIGNATURE_HEADER, signatureOf } from '@showrunner/memberful'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'

const PATIENCE_MS = 5_000

/**
 * Sends an event the way Memberful would: signed, by the address that stands there. Where that does not get through, it is
 * handed in from within, so that it is known which of the two does not work. Says what happened.
 */
export async function sendTestEvent(
  app: FastifyInstance,
  body: Buffer,
  secret: string,
): Promise<readonly string[]> {
  const headers = {
    'content-type': 'application/json',
    [SIGNATURE_HEADER]: signatureOf(body, secret).toString('hex'),
  }
  const address = app.parts.publicUrl + addresses.memberfulWebhook
  const outside = await fromOutside(app.parts.fetch ?? fetch, address, { body, headers })
  if (outside === 202) return [`It was sent to ${address}, signed, and was taken there.`]

  const refused =
    typeof outside === 'number'
      ? `${address} answered ${outside} instead of 202: look what stands before this program.`
      : `${address} could not be reached from here (${outside}). Memberful may reach it all the same.`
  const inside = await app.inject({
    method: 'POST',
    url: addresses.memberfulWebhook,
    headers,
    payload: body,
  })
  return [refused, `Handed in within this program, it was answered ${inside.statusCode}.`]
}

/** The status it was answered with, or why there was no answer. */
async function fromOutside(
  call: typeof fetch,
  address: string,
  { body, headers }: { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> },
): Promise<number | string> {
  try {
    const { status } = await call(address, {
      method: 'POST',
      body: new Uint8Array(body),
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return status
  } catch (error) {
    return reasonOf(error)
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  const { name, cause } = error
  if (name === 'TimeoutError') return `no answer within ${PATIENCE_MS / 1000} seconds`
  const code: unknown = typeof cause === 'object' && cause ? Reflect.get(cause, 'code') : undefined
  return typeof code === 'string' ? code : 'no answer'
}
