import { from, type Loaded, notExists, parent, type Repo, subquery } from '@showrunner/data'
import { matching, type Paged, paged } from '../lists/index.ts'
import { Person } from '../people/index.ts'
import { to } from './scopes.ts'
import { Subscription } from './subscription.ts'
import { SubscriptionMail } from './subscription-mail.ts'

const DAY_MS = 24 * 60 * 60_000

export interface SubscriptionTotals {
  /** Who is mailed of each episode, or issue, today. */
  readonly active: number
  /** Who waits for a transcript. */
  readonly transcripts: number
  /** The last 7 and 30 days: who came, and who went. */
  readonly days: readonly { readonly days: number; readonly came: number; readonly went: number }[]
}

/** How many there are of a podcast; of none, of the newsletter. */
export async function countSubscriptions(
  repo: Repo,
  podcastId: number | null,
  asOf: Date,
): Promise<SubscriptionTotals> {
  const all = to(podcastId)
  const ofEpisodes = all.where('episodeId', 'is', null)
  const active = (query: typeof all) => query.where('unsubscribedAt', 'is', null)
  const since = async (days: number) => {
    const start = new Date(asOf.getTime() - days * DAY_MS)
    const [came, went] = await Promise.all([
      repo.count(ofEpisodes.where('confirmedAt', '>', start)),
      repo.count(ofEpisodes.where('unsubscribedAt', '>', start)),
    ])
    return { days, came, went }
  }
  return {
    active: await repo.count(active(ofEpisodes)),
    transcripts: await repo.count(
      active(all)
        .where('episodeId', 'is not', null)
        .where(notExists(from(SubscriptionMail).where({ subscriptionId: parent('id') }))),
    ),
    days: [await since(7), await since(30)],
  }
}

export type ListedSubscription = Loaded<typeof Subscription, ['episode', 'person']>

/** A page of a podcast's, or of the newsletter's, the newest first; searched in names and addresses. */
export async function listSubscriptions(
  repo: Repo,
  podcastId: number | null,
  { q = '', page }: { readonly q?: string; readonly page: number },
): Promise<Paged<ListedSubscription>> {
  const people = matching(from(Person), ['name', 'email'], q).select('id')
  const all = to(podcastId)
  const found = q.trim() === '' ? all : all.where('personId', 'in', subquery(people))
  return paged(
    repo,
    found.orderBy({ confirmedAt: 'desc', id: 'desc' }).preload('episode', 'person'),
    page,
  )
}

export type OwnSubscription = Loaded<typeof Subscription, ['podcast', 'episode', 'mails']>

/** All that somebody ever subscribed to: what goes on before what has ended. */
export async function listSubscriptionsOf(
  repo: Repo,
  { id: personId }: { readonly id: number },
): Promise<readonly OwnSubscription[]> {
  const all = await repo.all(
    from(Subscription)
      .where({ personId })
      .orderBy({ confirmedAt: 'desc', id: 'desc' })
      .preload('podcast', 'episode', 'mails'),
  )
  const goesOn = ({ unsubscribedAt }: Subscription) => unsubscribedAt === null
  return [...all.filter(goesOn), ...all.filter((one) => !goesOn(one))]
}

/** One of somebody's own. */
export async function findSubscriptionOf(
  repo: Repo,
  { id: personId }: { readonly id: number },
  id: number,
): Promise<Subscription | undefined> {
  return repo.getBy(Subscription, { id, personId })
}
