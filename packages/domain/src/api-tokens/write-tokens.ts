import {
  addError,
  build,
  change,
  type Changeset,
  from,
  getField,
  type Params,
  put,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { type Account, newToken, tokenHash } from '../accounts/index.ts'
import { Person } from '../people/index.ts'
import { Podcast, visibleTo } from '../podcasts/index.ts'
import { ApiToken, apiTokenChangeset } from './api-token.ts'
import { ApiTokenPodcast } from './api-token-podcast.ts'

const MOST_TOKENS = 20
const DAY_MS = 24 * 60 * 60_000

/** By these tokens are known wherever they turn up: in a file, in a log, in what somebody pasted. */
export const TOKEN_BEGINNING = 'showrunner_'
const HINT_LENGTH = 4

/** For how many days a token may be good. Null: until it is taken back. */
export const LASTING_DAYS = [30, 90, 365, null] as const

export type MadeToken =
  | { readonly ok: true; readonly value: ApiToken; readonly secret: string }
  | Extract<Saved<typeof ApiToken>, { readonly ok: false }>

/** What a form begins with. */
export function newApiToken(): Changeset<typeof ApiToken> {
  return change(build(ApiToken), {})
}

/** The podcasts that somebody can make tokens for. */
export async function listTokenPodcasts(repo: Repo, actor: Account): Promise<readonly Podcast[]> {
  return repo.unscoped().all(visibleTo(actor, from(Podcast)).orderBy({ title: 'asc', id: 'asc' }))
}

/**
 * Makes a token for somebody. Its secret is told once: only its hash is kept. `lasts` is for how many days, `podcasts` are ids,
 * of which those they do not work on are none.
 */
export async function createToken(
  repo: Repo,
  actor: Account,
  params: Params,
  asOf: Date,
): Promise<MadeToken> {
  const secret = TOKEN_BEGINNING + newToken()
  const { id: personId } = actor.person
  const stored = { personId, tokenHash: tokenHash(secret), hint: secret.slice(-HINT_LENGTH) }
  return repo.transaction(async (): Promise<MadeToken> => {
    // One at a time: of two that would be the last allowed, one is.
    await repo.getOrThrow(from(Person).select('id').lock('for update'), personId)
    const said = lasting(apiTokenChangeset(build(ApiToken, stored), params), params, asOf)
    const podcastIds = getField(said, 'allPodcasts') ? [] : await chosen(repo, actor, params)
    const count = await repo.count(from(ApiToken).where({ personId }))
    const changeset = limited(reaching(said, podcastIds), count)
    const saved = await repo.insert(changeset)
    if (!saved.ok) return saved
    for (const podcastId of podcastIds) {
      await repo.insertOrThrow(build(ApiTokenPodcast, { tokenId: saved.value.id, podcastId }))
    }
    return { ...saved, secret }
  })
}

/** Takes a token back: from now on it opens nothing. */
export async function revokeToken(repo: Repo, token: ApiToken): Promise<void> {
  await repo.deleteOrThrow(token)
}

function lasting(
  changeset: Changeset<typeof ApiToken>,
  params: Params,
  asOf: Date,
): Changeset<typeof ApiToken> {
  const { lasts = '' } = params as { readonly lasts?: unknown }
  const days = LASTING_DAYS.find((known) => String(known ?? '') === lasts)
  if (days === undefined) return addError(changeset, 'expiresAt', 'must be one of those offered')
  return days === null
    ? changeset
    : put(changeset, 'expiresAt', new Date(asOf.getTime() + days * DAY_MS))
}

async function chosen(repo: Repo, actor: Account, params: Params): Promise<readonly number[]> {
  const { podcasts } = params as { readonly podcasts?: unknown }
  const sent = Array.isArray(podcasts) ? podcasts.map(Number).filter(Number.isSafeInteger) : []
  const theirs = visibleTo(actor, from(Podcast)).where('id', 'in', sent)
  return (await repo.all(theirs)).map(({ id }) => id)
}

function reaching(
  changeset: Changeset<typeof ApiToken>,
  podcastIds: readonly number[],
): Changeset<typeof ApiToken> {
  if (getField(changeset, 'allPodcasts') || podcastIds.length > 0) return changeset
  return addError(changeset, 'allPodcasts', 'must be all of them, or at least one that you choose')
}

function limited(changeset: Changeset<typeof ApiToken>, count: number): Changeset<typeof ApiToken> {
  if (count < MOST_TOKENS) return changeset
  return addError(
    changeset,
    'name',
    `would be of one token too many: nobody has more than ${MOST_TOKENS}`,
  )
}
