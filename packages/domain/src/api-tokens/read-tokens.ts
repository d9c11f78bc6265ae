import { dynamic, from, type Repo, subquery } from '@showrunner/data'
import { type Account, accountOf, tokenHash } from '../accounts/index.ts'
import { type ListOptions, type Paged, paged, patternsIn, sorted } from '../lists/index.ts'
import { Person } from '../people/index.ts'
import { ApiToken, type ApiTokenWithOwner } from './api-token.ts'

const WHOLE = ['person', { tokenPodcasts: ['podcast'] }] as const

/** Somebody's tokens, in the order they made them. */
export async function listOwnTokens(
  repo: Repo,
  { id: personId }: Pick<Person, 'id'>,
): Promise<readonly ApiTokenWithOwner[]> {
  return repo.unscoped().all(
    from(ApiToken)
      .where({ personId })
      .orderBy({ id: 'asc' })
      .preload(...WHOLE),
  )
}

/** Whosever it is: a policy says who may see it. @throws NotFoundError */
export async function getTokenById(repo: Repo, id: number): Promise<ApiTokenWithOwner> {
  return repo.unscoped().getOrThrow(from(ApiToken).preload(...WHOLE), id)
}

export const API_TOKEN_SORTS = ['-insertedAt', 'name', '-lastUsedAt'] as const

/** A page of everybody's tokens; of those looked for, by their own names or their owners'. */
export async function searchTokens(
  repo: Repo,
  { q, sort, page }: ListOptions,
): Promise<Paged<ApiTokenWithOwner>> {
  const found = patternsIn(q ?? '').reduce(
    (tokens, pattern) =>
      tokens.where(
        dynamic(ApiToken)
          .and('name', 'ilike', pattern)
          .or(
            'personId',
            'in',
            subquery(from(Person).where('name', 'ilike', pattern).select('id')),
          ),
      ),
    from(ApiToken),
  )
  return paged(repo, sorted(found, API_TOKEN_SORTS, sort).preload(...WHOLE), page)
}

/** A program that shows a token, and in whose name it acts. */
export interface Bearer {
  readonly token: ApiTokenWithOwner
  /** Its owner as they are now, narrowed to what the token reaches. */
  readonly actor: Account
}

const MINUTE_MS = 60_000

/** Who shows this token; undefined where there is none such. Being used is written down, though not each time. */
export async function findBearer(
  repo: Repo,
  secret: string,
  asOf: Date,
): Promise<Bearer | undefined> {
  const all = repo.unscoped()
  const token = await all.getBy(from(ApiToken).preload(...WHOLE), { tokenHash: tokenHash(secret) })
  if (!token) return undefined
  const { lastUsedAt } = token
  if (lastUsedAt === null || asOf.getTime() - lastUsedAt.getTime() >= MINUTE_MS) {
    await all.updateAll(from(ApiToken).where({ id: token.id }), { lastUsedAt: asOf })
  }
  return { token, actor: narrowed(await accountOf(all, token.person), token) }
}

/** Nobody's work on the network's own texts is done by a token; and with podcasts of its own, it is nobody's all-powerful one. */
function narrowed(
  { person, isAdmin, hostOf }: Account,
  { name, allPodcasts, tokenPodcasts }: ApiTokenWithOwner,
): Account {
  const by = { person, isEditor: false, via: viaToken(name) }
  if (allPodcasts) return { ...by, isAdmin, hostOf }
  const chosen = tokenPodcasts.map(({ podcastId }) => podcastId)
  const reached = isAdmin ? chosen : chosen.filter((id) => hostOf.includes(id))
  return { ...by, isAdmin: false, hostOf: reached }
}

function viaToken(name: string): string {
  return `the API, with “${name}”`
}
