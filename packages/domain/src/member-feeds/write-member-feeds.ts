import {
  addError,
  build,
  change,
  type Changeset,
  from,
  getField,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { type Doer, record } from '../activity/index.ts'
import { Person } from '../people/index.ts'
import { Podcast, visible } from '../podcasts/index.ts'
import { mailPrivateFeed } from './jobs.ts'
import { MemberFeedPodcast } from './member-feed-podcast.ts'
import { MemberFeed, memberFeedChangeset } from './member-feed.ts'
import { newAddress } from './token.ts'

const MOST_FEEDS = 20

export type MadeFeed =
  | { readonly ok: true; readonly value: MemberFeed; readonly token: string }
  | Extract<Saved<typeof MemberFeed>, { readonly ok: false }>

/** What a form begins with. */
export function editMemberFeed(feed: MemberFeed = build(MemberFeed)): Changeset<typeof MemberFeed> {
  return change(feed, {})
}

/** Makes a feed for somebody. Its token is told once: only its hash is kept. */
export async function createMemberFeed(
  repo: Repo,
  { id: personId }: Pick<Person, 'id'>,
  params: Params,
  asOf: Date,
): Promise<MadeFeed> {
  const { token, stored } = newAddress(asOf)
  return repo.transaction(async (): Promise<MadeFeed> => {
    // One at a time: of two that would be the last allowed, one is.
    await repo.getOrThrow(from(Person).lock('for update'), personId)
    const { changeset, podcastIds } = await chosen(
      repo,
      build(MemberFeed, { personId, ...stored }),
      params,
    )
    const count = await repo.count(from(MemberFeed).where({ personId }))
    const saved = await repo.insert(count < MOST_FEEDS ? changeset : oneTooMany(changeset))
    if (!saved.ok) return saved
    await putPodcasts(repo, saved.value, podcastIds)
    return { ...saved, token }
  })
}

export async function updateMemberFeed(
  repo: Repo,
  feed: MemberFeed,
  params: Params,
): Promise<Saved<typeof MemberFeed>> {
  return repo.transaction(async () => {
    const { changeset, podcastIds } = await chosen(repo, feed, params)
    const saved = await repo.update(changeset)
    if (saved.ok) await putPodcasts(repo, saved.value, podcastIds)
    return saved
  })
}

/** Gives a feed another address. The old one, and those of the sound in it, stop at once; the new one is told once. */
export async function rotateAddress(repo: Repo, feed: MemberFeed, asOf: Date): Promise<string> {
  const { token, stored } = newAddress(asOf)
  await repo.updateOrThrow(change(feed, stored))
  return token
}

/** Stops the address of somebody else's feed. They are mailed another one, which nobody here sees. */
export async function replaceAddress(
  repo: Repo,
  feed: MemberFeed,
  by: Doer,
  asOf: Date,
): Promise<void> {
  await repo.transaction(async () => {
    await rotateAddress(repo, feed, asOf)
    const { id: feedId, personId, name: title } = feed
    const subject = { type: 'member feed', id: feedId, title }
    await record(repo, by, { action: 'address replaced', subject, at: asOf })
    await enqueue(repo, mailPrivateFeed, { personId, feedId, askedAt: asOf.toISOString() })
  })
}

export async function removeMemberFeed(repo: Repo, feed: MemberFeed): Promise<void> {
  await repo.deleteOrThrow(feed)
}

interface Chosen {
  readonly changeset: Changeset<typeof MemberFeed>
  readonly podcastIds: readonly number[]
}

/** What is proposed, and which podcasts: `podcasts` are ids, of which those nobody may see are none. */
async function chosen(repo: Repo, feed: MemberFeed, params: Params): Promise<Chosen> {
  const changeset = memberFeedChangeset(feed, params)
  const isAll = getField(changeset, 'allPodcasts')
  const { podcasts } = params as { readonly podcasts?: unknown }
  if (isAll) return { changeset, podcastIds: [] }

  const sent = Array.isArray(podcasts) ? podcasts.map(Number).filter(Number.isSafeInteger) : []
  const there = await repo.all(from(Podcast).pipe(visible).where('id', 'in', sent))
  const podcastIds = there.map(({ id }) => id)
  return {
    changeset:
      podcastIds.length > 0
        ? changeset
        : addError(
            changeset,
            'allPodcasts',
            'must be all of them, or at least one that you choose',
          ),
    podcastIds,
  }
}

async function putPodcasts(
  repo: Repo,
  { id: feedId }: MemberFeed,
  podcastIds: readonly number[],
): Promise<void> {
  await repo.deleteAll(from(MemberFeedPodcast).where({ feedId }))
  for (const podcastId of podcastIds) {
    await repo.insertOrThrow(build(MemberFeedPodcast, { feedId, podcastId }))
  }
}

function oneTooMany(changeset: Changeset<typeof MemberFeed>): Changeset<typeof MemberFeed> {
  return addError(
    changeset,
    'name',
    `would be of one feed too many: nobody has more than ${MOST_FEEDS}`,
  )
}
