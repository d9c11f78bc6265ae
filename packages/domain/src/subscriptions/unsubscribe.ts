import { createHmac, timingSafeEqual } from 'node:crypto'
import { from, type Repo, type Row, schema, t } from '@showrunner/data'
import { Subscription, type WholeSubscription } from './subscription.ts'

const LONGEST_SAID = 500

/** What links that unsubscribe are signed with: one for all of them, since there were any. */
export const UnsubscribeKey = schema('unsubscribe_keys', {
  id: t.id(),
  secret: t.string().redact(),
})
export type UnsubscribeKey = Row<typeof UnsubscribeKey>

/** What ends a subscription in an address: its number, signed. It works for good, and does nothing else. */
export async function unsubscribeToken(
  repo: Repo,
  { id }: Pick<Subscription, 'id'>,
): Promise<string> {
  return `${id}.${await signatureOf(repo, id)}`
}

/** The subscription that a token ends, ended or not. */
export async function findByUnsubscribeToken(
  repo: Repo,
  token: string,
): Promise<WholeSubscription | undefined> {
  const [, digits = '', signature = ''] = /^([1-9]\d{0,14})\.([\w-]{43})$/.exec(token) ?? []
  if (digits === '') return undefined
  const expected = Buffer.from(await signatureOf(repo, Number(digits)))
  if (!timingSafeEqual(expected, Buffer.from(signature))) return undefined
  return repo.get(from(Subscription).preload('podcast', 'episode', 'person'), Number(digits))
}

/** Ends a subscription. One that has ended stays ended since when it was. */
export async function unsubscribe(
  repo: Repo,
  { id }: Pick<Subscription, 'id'>,
  asOf: Date,
): Promise<void> {
  await repo.updateAll(active().where({ id }), { unsubscribedAt: asOf })
}

/** Ends all that somebody subscribed to. */
export async function unsubscribeFromAll(
  repo: Repo,
  { personId }: Pick<Subscription, 'personId'>,
  asOf: Date,
): Promise<void> {
  await repo.updateAll(active().where({ personId }), { unsubscribedAt: asOf })
}

/** Ends all that is mailed to somebody, because there is nobody at their address. Whoever confirms it anew is mailed again. */
export async function stopMailing(
  repo: Repo,
  { personId }: Pick<Subscription, 'personId'>,
  said: string,
  asOf: Date,
): Promise<void> {
  const refused = said.slice(0, LONGEST_SAID)
  await repo.updateAll(active().where({ personId }), { unsubscribedAt: asOf, refused })
}

function active() {
  return from(Subscription).where('unsubscribedAt', 'is', null)
}

async function signatureOf(repo: Repo, id: number): Promise<string> {
  const { secret } = await repo.getOrThrow(UnsubscribeKey, 1)
  return createHmac('sha256', secret).update(`unsubscribe ${id}`).digest('base64url')
}
