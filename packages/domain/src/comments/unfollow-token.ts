import { createHmac, timingSafeEqual } from 'node:crypto'
import { from, type Repo } from '@showrunner/data'
import { UnsubscribeKey } from '../subscriptions/index.ts'
import { DiscussionFollow, type FollowOfPerson } from './follow.ts'

/** What ends mails of a discussion in an address: its number, signed. It works for good, and does nothing else. */
export async function unfollowToken(
  repo: Repo,
  { id }: Pick<DiscussionFollow, 'id'>,
): Promise<string> {
  return `${id}.${await signatureOf(repo, id)}`
}

/** Whose mails of what a token ends, ended or not. */
export async function findByUnfollowToken(
  repo: Repo,
  token: string,
): Promise<FollowOfPerson | undefined> {
  const [, digits = '', signature = ''] = /^([1-9]\d{0,14})\.([\w-]{43})$/.exec(token) ?? []
  if (digits === '') return undefined
  const expected = Buffer.from(await signatureOf(repo, Number(digits)))
  if (!timingSafeEqual(expected, Buffer.from(signature))) return undefined
  return repo.get(from(DiscussionFollow).preload('person'), Number(digits))
}

/** Ends mails of one discussion, or of all there are. */
export async function endFollow(
  repo: Repo,
  { id, personId }: Pick<DiscussionFollow, 'id' | 'personId'>,
  asOf: Date,
  { all = false }: { readonly all?: boolean } = {},
): Promise<void> {
  const theirs = from(DiscussionFollow).where(all ? { personId } : { id })
  await repo.updateAll(theirs.where('unsubscribedAt', 'is', null), { unsubscribedAt: asOf })
}

export async function resumeFollow(
  repo: Repo,
  { id }: Pick<DiscussionFollow, 'id'>,
): Promise<void> {
  await repo.updateAll(from(DiscussionFollow).where({ id }), { unsubscribedAt: null })
}

async function signatureOf(repo: Repo, id: number): Promise<string> {
  const { secret } = await repo.getOrThrow(UnsubscribeKey, 1)
  return createHmac('sha256', secret).update(`discussion ${id}`).digest('base64url')
}
