import { from, type Repo } from '@showrunner/data'
import { type Storage } from '@showrunner/storage'
import { Podcast } from '../podcasts/index.ts'
import { Settings } from '../settings/index.ts'
import {
  readFeeds,
  readMemberships,
  readNetwork,
  readNews,
  readPodcasts,
  readPosts,
  readRequests,
  readShows,
  readSubscriptions,
  readTokens,
} from './content.ts'
import { seedActivity } from './seed-activity.ts'
import { seedDownloads } from './seed-downloads.ts'
import { seedEpisode } from './seed-episode.ts'
import { seedFeed } from './seed-feed.ts'
import { seedMails } from './seed-mails.ts'
import { seedMemberships } from './seed-memberships.ts'
import { seedNetwork } from './seed-network.ts'
import { seedNews } from './seed-news.ts'
import { seedPodcast } from './seed-podcast.ts'
import { seedPost } from './seed-post.ts'
import { seedRequest } from './seed-request.ts'
import { seedShow } from './seed-show.ts'
import { seedSubscriptions } from './seed-subscriptions.ts'
import { seedToken } from './seed-token.ts'
import { uploadInto } from './uploads.ts'

export interface SeedDemoOptions {
  /** What is behind `/uploads/`, for the audio and the pictures. */
  readonly storage: Storage
  /** The episodes and posts are dated back from here, some of them ahead. */
  readonly asOf: Date
}

/**
 * Puts the demo network into a database without podcasts, all of it or nothing, and says whether it did. Of several
 * nodes that start at once one does it, and the others wait.
 */
export async function seedDemo(repo: Repo, { storage, asOf }: SeedDemoOptions): Promise<boolean> {
  const upload = uploadInto(repo, storage)
  return repo.transaction(async () => {
    // The one row that is always there: whoever holds it is the one who looks and fills.
    await repo.oneOrThrow(from(Settings).select('id').lock('for update'))
    if (await repo.exists(Podcast)) return false
    const named = await seedNetwork(repo, await readNetwork(), upload)
    for (const podcast of await readPodcasts()) {
      const row = await seedPodcast(repo, podcast, named, upload)
      for (const episode of podcast.episodes) {
        await seedEpisode(repo, row, episode, named, { upload, asOf })
      }
    }
    for (const show of await readShows()) await seedShow(repo, show, named, asOf)
    await seedActivity(repo, asOf)
    await seedDownloads(repo, asOf)
    for (const request of await readRequests()) await seedRequest(repo, request, named, asOf)
    await seedSubscriptions(repo, await readSubscriptions(), asOf)
    await seedMails(repo, asOf)
    await seedMemberships(repo, await readMemberships(), asOf)
    for (const post of await readPosts()) await seedPost(repo, post, named, asOf)
    await seedNews(repo, await readNews(), named, asOf)
    for (const feed of await readFeeds()) await seedFeed(repo, feed, asOf)
    for (const token of await readTokens()) await seedToken(repo, token, named, asOf)
    return true
  })
}
