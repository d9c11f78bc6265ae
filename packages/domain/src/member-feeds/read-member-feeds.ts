import { dynamic, from, type Repo, subquery } from '@showrunner/data'
import { tokenHash } from '../accounts/index.ts'
import { type ListOptions, type Paged, paged, patternsIn, sorted } from '../lists/index.ts'
import { Person } from '../people/index.ts'
import { type Agent, MemberFeed, type MemberFeedWithOwner } from './member-feed.ts'

const WHOLE = ['person', 'feedPodcasts'] as const

/** Somebody's feeds, in the order they made them. */
export async function listOwnFeeds(
  repo: Repo,
  { id: personId }: Pick<Person, 'id'>,
): Promise<readonly MemberFeedWithOwner[]> {
  return repo.all(
    from(MemberFeed)
      .where({ personId })
      .orderBy({ id: 'asc' })
      .preload(...WHOLE),
  )
}

/** Whosever it is: a policy says who may see it. @throws NotFoundError */
export async function getFeedById(repo: Repo, id: number): Promise<MemberFeedWithOwner> {
  return repo.getOrThrow(from(MemberFeed).preload(...WHOLE), id)
}

/** The feed at an address. */
export async function findFeedByToken(
  repo: Repo,
  token: string,
): Promise<MemberFeedWithOwner | undefined> {
  return repo.getBy(from(MemberFeed).preload(...WHOLE), { tokenHash: tokenHash(token) })
}

export const MEMBER_FEED_SORTS = ['-insertedAt', 'name', '-lastFetchedAt'] as const

/** A page of everybody's feeds; of those looked for, by their own names or their owners'. */
export async function searchMemberFeeds(
  repo: Repo,
  { q, sort, page }: ListOptions,
): Promise<Paged<MemberFeedWithOwner>> {
  const found = patternsIn(q ?? '').reduce(
    (feeds, pattern) =>
      feeds.where(
        dynamic(MemberFeed)
          .and('name', 'ilike', pattern)
          .or(
            'personId',
            'in',
            subquery(from(Person).where('name', 'ilike', pattern).select('id')),
          ),
      ),
    from(MemberFeed),
  )
  return paged(repo, sorted(found, MEMBER_FEED_SORTS, sort).preload(...WHOLE), page)
}

const MOST_AGENTS = 10
const LONGEST_AGENT = 60
const MINUTE_MS = 60_000

/** Writes down that a feed was fetched, and by what program: nothing of who, and not each time. */
export async function noteFetch(
  repo: Repo,
  { id, agents, lastFetchedAt }: MemberFeed,
  userAgent: string | undefined,
  asOf: Date,
): Promise<void> {
  const name = programOf(userAgent)
  const isKnown = agents.some((agent) => agent.name === name)
  const isRecent = lastFetchedAt !== null && asOf.getTime() - lastFetchedAt.getTime() < MINUTE_MS
  if (isKnown && isRecent) return

  const latest: Agent = { name, at: asOf.toISOString() }
  const others = agents.filter((agent) => agent.name !== name)
  await repo.updateAll(from(MemberFeed).where({ id }), {
    lastFetchedAt: asOf,
    agents: [latest, ...others].slice(0, MOST_AGENTS),
  })
}

/** `Overcast/3.0 (+http://overcast.fm/; iOS)` is Overcast. */
function programOf(userAgent = ''): string {
  const [name = ''] = userAgent.split(/[/(;]/)
  const printable = name.replaceAll(/[^\x20-\x7e]/g, '').trim()
  return printable.slice(0, LONGEST_AGENT) || 'unknown'
}
