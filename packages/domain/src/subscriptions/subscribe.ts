import { applyAction, build, type Changeset, from, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { personOfAddresses, tokenHash } from '../accounts/index.ts'
import { Episode, published } from '../episodes/index.ts'
import { type Limit, spend } from '../limits/index.ts'
import { type Person } from '../people/index.ts'
import { Podcast, visible } from '../podcasts/index.ts'
import { mailSubscriptionConfirm } from './jobs.ts'
import { to } from './scopes.ts'
import { type SubscribedBy, Subscription } from './subscription.ts'
import {
  UnconfirmedSubscription,
  unconfirmedSubscriptionChangeset,
} from './unconfirmed-subscription.ts'

const HOUR_MS = 60 * 60_000
const UNCONFIRMED_MS = 3 * 24 * HOUR_MS

const PER_VISITOR: Limit = { name: 'subscriptions of a visitor', most: 20, perMs: HOUR_MS }
const PER_ADDRESS: Limit = { name: 'subscriptions of an address', most: 4, perMs: HOUR_MS }

/** What can be subscribed to: a podcast, or the transcript of one of its episodes; or what is of neither, the newsletter. */
export interface Subject {
  readonly podcast: Podcast | null
  readonly episode: Episode | null
}

export const NEWSLETTER: Subject = { podcast: null, episode: null }

/** By their slugs, what anybody may subscribe to. */
export async function findSubject(
  repo: Repo,
  slugs: { readonly podcast: string; readonly episode?: string | undefined },
  asOf: Date,
): Promise<Subject | undefined> {
  const podcast = await repo.getBy(visible(from(Podcast)), { slug: slugs.podcast })
  if (!podcast || slugs.episode === undefined) return podcast && { podcast, episode: null }
  const ofPodcast = published(from(Episode), asOf).where({ podcastId: podcast.id })
  const episode = await repo.getBy(ofPodcast, { slug: slugs.episode })
  return episode && { podcast, episode }
}

interface Asking {
  readonly visitor: string
  /** Who is signed in: for their own address they need no mail. */
  readonly person?: Person | undefined
}

export type Asked =
  | { readonly ok: true; readonly isDone: boolean }
  | { readonly ok: false; readonly changeset: Changeset<typeof UnconfirmedSubscription> }

/**
 * Subscribes whoever is signed in at once. Any other address is mailed a link, and is subscribed once that was used; so
 * whether it is anybody's, and whether it is subscribed already, does not show.
 *
 * @throws LimitError for too many from one visitor, or for one address.
 */
export async function askToSubscribe(
  repo: Repo,
  { podcast, episode }: Subject,
  { website, ...given }: Readonly<Record<string, unknown>>,
  { visitor, person }: Asking,
  asOf: Date,
): Promise<Asked> {
  // A field that nobody sees: only programs fill it in, and they need not know that it was noticed.
  if (typeof website === 'string' && website !== '') return { ok: true, isDone: false }

  await spend(repo, PER_VISITOR, visitor, asOf)
  const context = contextOf({ podcast, episode })
  const said = { podcastId: podcast?.id ?? null, episodeId: episode?.id ?? null, context }
  const isBlank = given['email'] === undefined || given['email'] === ''
  const changeset = unconfirmedSubscriptionChangeset(
    build(UnconfirmedSubscription, {
      ...said,
      expiresAt: new Date(asOf.getTime() + UNCONFIRMED_MS),
    }),
    isBlank && person ? { email: person.email } : given,
  )
  const asked = applyAction(changeset, 'insert')
  if (!asked.ok) return asked

  return repo.transaction(async () => {
    if (person && person.email === asked.value.email) {
      await subscribe(repo, { ...said, personId: person.id }, asOf)
      return { ok: true, isDone: true }
    }
    await spend(repo, PER_ADDRESS, asked.value.email, asOf)
    const { id } = await repo.insertOrThrow(changeset)
    await enqueue(repo, mailSubscriptionConfirm, { id })
    return { ok: true, isDone: false }
  })
}

function contextOf({
  podcast,
  episode,
}: {
  readonly podcast: unknown
  readonly episode: unknown
}): UnconfirmedSubscription['context'] {
  if (!podcast) return 'newsletter'
  return episode ? 'episode' : 'podcast'
}

/** What a mailed link would begin, while it waits. Looking does not begin it. */
export async function findUnconfirmedSubscription(repo: Repo, token: string, asOf: Date) {
  return repo.getBy(waiting(asOf).preload('podcast', 'episode'), { tokenHash: tokenHash(token) })
}

/**
 * Begins what was asked for: the address is theirs who asked. Whoever has it is subscribed, or, when it is nobody's, a new
 * member. Undefined when the link was used before, ran out or never was.
 */
export async function confirmSubscription(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<Subscription | undefined> {
  return repo.transaction(async () => {
    const kept = await findUnconfirmedSubscription(repo, token, asOf)
    // Of two who confirm at the same moment one finds the row still there.
    if (!kept || (await repo.deleteAll(waiting(asOf).where({ id: kept.id }))) === 0)
      return undefined
    const { email, podcastId, episodeId, context } = kept
    const { id: personId } = await personOfAddresses(repo, [email])
    return subscribe(repo, { podcastId, episodeId, personId, context }, asOf)
  })
}

interface Wanted extends Pick<Subscription, 'podcastId' | 'episodeId' | 'personId'> {
  readonly context: Exclude<SubscribedBy, 'list'>
}

/** Subscribes somebody; who is subscribed already stays so since when they were, however many ask at once. */
export async function subscribe(repo: Repo, wanted: Wanted, asOf: Date): Promise<Subscription> {
  const { podcastId, episodeId, personId, context } = wanted
  const again = { context, said: null, confirmedAt: asOf, unsubscribedAt: null, refused: null }
  await repo.insertAll(Subscription, [{ ...wanted, confirmedAt: asOf }], {
    onConflict: {
      set: again,
      where: from(Subscription).where('unsubscribedAt', 'is not', null),
    },
    conflictTarget: ['personId', 'podcastId', 'episodeId'],
    returning: false,
  })
  const theirs = to(podcastId).where({ personId })
  return repo.oneOrThrow(
    episodeId === null ? theirs.where('episodeId', 'is', null) : theirs.where({ episodeId }),
  )
}

/** Removes what nobody confirmed. */
export async function removeUnconfirmed(repo: Repo, asOf: Date): Promise<void> {
  await repo.deleteAll(from(UnconfirmedSubscription).where('expiresAt', '<=', asOf))
}

function waiting(asOf: Date) {
  return from(UnconfirmedSubscription).where('expiresAt', '>', asOf)
}
