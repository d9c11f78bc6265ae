import { from, type Repo } from '@showrunner/data'
import { PROGRAM, record } from '../activity/index.ts'
import { Episode } from '../episodes/index.ts'

const RECENTLY_MS = 60 * 60 * 1000

/** What was done in the demo network: the first of its hosts published each episode, or scheduled it an hour ago. */
export async function seedActivity(repo: Repo, asOf: Date): Promise<void> {
  const published = from(Episode)
    .where({ published: true })
    .orderBy({ publishedAt: 'asc', id: 'asc' })
    .preload({ episodeHosts: ['person'] })

  for (const { id, title, podcastId, publishedAt, episodeHosts } of await repo.all(published)) {
    const isAhead = publishedAt === null || publishedAt > asOf
    const fields = {
      published: { before: false, after: true },
      publishedAt: { before: null, after: publishedAt?.toISOString() ?? null },
    }
    const [host] = episodeHosts
    await record(repo, host ? { person: host.person } : PROGRAM, {
      action: isAhead ? 'scheduled' : 'published',
      subject: { type: 'episode', id, title, podcastId },
      changes: { fields, rows: [] },
      at: isAhead ? new Date(asOf.getTime() - RECENTLY_MS) : publishedAt,
    })
  }
}
