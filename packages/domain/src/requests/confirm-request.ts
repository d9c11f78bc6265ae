import { from, type Repo } from '@showrunner/data'
import { personOfAddresses, tokenHash } from '../accounts/index.ts'
import { addRequest } from './add-request.ts'
import { type EpisodeRequest } from './episode-request.ts'
import { createRequestLink, RequestLink } from './request-link.ts'
import { UnconfirmedRequest } from './unconfirmed-request.ts'

/** What a mailed link would hand on, while it waits. Looking does not hand it on. */
export async function findUnconfirmed(repo: Repo, token: string, asOf: Date) {
  return repo.getBy(waiting(asOf).preload('podcast'), { tokenHash: tokenHash(token) })
}

/**
 * Hands on what was asked for: its address is theirs who asked. Whoever has the address asked for it, or, when it is
 * nobody's, a new member. The token leads to the page of the request from now on. Undefined when it was handed on before,
 * ran out or never was.
 */
export async function confirmRequest(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<EpisodeRequest | undefined> {
  return repo.transaction(async () => {
    const kept = await findUnconfirmed(repo, token, asOf)
    // Of two who hand it on at the same moment one finds the row still there.
    if (!kept || (await repo.deleteAll(waiting(asOf).where({ id: kept.id }))) === 0)
      return undefined
    const submitter = await personOfAddresses(repo, [kept.email], kept.name)
    const request = await addRequest(repo, kept, submitter)
    await createRequestLink(repo, request, asOf, token)
    return request
  })
}

/** Removes what nobody confirmed, and links that lead nowhere any more. */
export async function removeExpiredRequests(repo: Repo, asOf: Date): Promise<void> {
  await repo.deleteAll(from(UnconfirmedRequest).where('expiresAt', '<=', asOf))
  await repo.deleteAll(from(RequestLink).where('expiresAt', '<=', asOf))
}

function waiting(asOf: Date) {
  return from(UnconfirmedRequest).where('expiresAt', '>', asOf)
}
