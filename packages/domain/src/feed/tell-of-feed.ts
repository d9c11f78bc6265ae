import { createHash } from 'node:crypto'
import { build, change, from, NotFoundError, type Repo } from '@showrunner/data'
import { type FeedDraft, writeFeed } from '@showrunner/feeds'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { Podcast, visible } from '../podcasts/index.ts'
import { getSettings, hubsOf, type Settings } from '../settings/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { FeedMovedError } from './errors.ts'
import { getFeed } from './get-feed.ts'
import { getNewsFeed } from './news-feed.ts'
import { getPostsFeed } from './posts-feed.ts'
import { tellHub, tellPodping } from './tell-outside.ts'
import { ToldFeed } from './told-feed.ts'

export interface TellParts {
  readonly repo: Repo
  readonly clock: () => Date
  readonly outside: Outside
}

const Changed = z.object({
  /** Null for what is no podcast's. */
  podcastId: z.number().int().nullable(),
  /** Which of those it is. */
  feed: z.enum(['posts', 'news']).default('posts'),
  reason: z.enum(['update', 'live', 'liveEnd']),
})
type Changed = z.output<typeof Changed>

/**
 * Tells hubs and Podping of a feed that may have changed. The database enqueues this (migrations 032 and 045), so whoever changes
 * something need not remember it; here it is seen whether the feed says anything else than when it was last told.
 */
export const tellOfFeed = defineJob({
  name: 'tell_of_feed',
  args: Changed,
  perform: async (parts: TellParts, changed) => {
    const settings = await getSettings(parts.repo)
    const feed = await changedFeed(parts, changed)
    if (!feed) return
    await parts.repo.transaction(async () => {
      const isNews = await note(parts, feed)
      if (isNews || changed.reason !== 'update') await tell(parts, settings, feed, changed)
    })
  },
})

interface ChangedFeed {
  /** Without the host. */
  readonly path: string
  readonly draft: FeedDraft
  readonly medium: string
  /** What else has it in it. */
  readonly others: readonly string[]
}

async function changedFeed(
  { repo, clock, outside }: TellParts,
  { podcastId, feed }: Changed,
): Promise<ChangedFeed | undefined> {
  const { paths } = outside
  if (podcastId === null) {
    const ofNetwork = {
      posts: { path: paths.postsFeed, read: getPostsFeed },
      news: { path: paths.newsFeed, read: getNewsFeed },
    }
    const { path, read } = ofNetwork[feed]
    return { path, draft: await read(repo, clock(), outside), medium: 'blog', others: [] }
  }
  const podcast = await repo.get(visible(from(Podcast)), podcastId)
  if (!podcast) return undefined
  const { slug, medium, blocked } = podcast
  const draft = await feedHere(() => getFeed(repo, slug, clock(), outside))
  const others = blocked ? [] : [paths.networkFeed]
  return draft && { path: paths.feed(slug), draft, medium, others }
}

/** Of one that has moved away, or is gone meanwhile, nothing is told. */
async function feedHere(read: () => Promise<FeedDraft>): Promise<FeedDraft | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof FeedMovedError || error instanceof NotFoundError) return undefined
    throw error
  }
}

/** Whether it says something else than when it was told last. */
async function note(
  { repo, clock }: TellParts,
  { path: feed, draft }: ChangedFeed,
): Promise<boolean> {
  const digest = createHash('sha256').update(writeFeed(draft)).digest('base64url')
  const told = await repo.getBy(from(ToldFeed).lock('for update'), { feed })
  if (told?.digest === digest) return false
  const now = { digest, toldAt: clock() }
  if (told) await repo.updateOrThrow(change(told, now))
  else await repo.insertOrThrow(build(ToldFeed, { feed, ...now }))
  return true
}

async function tell(
  { repo, outside: { publicUrl } }: TellParts,
  settings: Settings,
  { path, medium, others }: ChangedFeed,
  { reason }: Changed,
): Promise<void> {
  const url = inFull(publicUrl, path)
  for (const hub of hubsOf(settings)) {
    for (const topic of [url, ...others.map((other) => inFull(publicUrl, other))]) {
      await enqueue(repo, tellHub, { hub, topic }, { key: `tell_hub:${hub}:${topic}` })
    }
  }
  if (settings.usesPodping) {
    const told = { url, reason, medium }
    await enqueue(repo, tellPodping, told, { key: `tell_podping:${reason}:${url}` })
  }
}
