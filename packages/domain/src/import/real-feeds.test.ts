import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { readFeed, readFeedFile, writeFeed } from '@showrunner/feeds'
import { Episode } from '../episodes/index.ts'
import { getFeed } from '../feed/index.ts'
import { importPodcast } from './index.ts'
import { OUTSIDE, sandboxed } from '../testing/index.ts'

const FEEDS = join(import.meta.dirname, '../../../../../shared/data/feeds')
const NOW = new Date('2026-11-20T12:00:00Z')
const skip = existsSync(FEEDS) ? false : `${FEEDS} is absent`
const files = skip ? [] : readdirSync(FEEDS).map((name) => join(FEEDS, name))

describe('every real feed at hand', { skip }, () => {
  it(
    'imports, and changes nothing the second time',
    sandboxed(async (repo) => {
      const options = { asOf: NOW, fetchDocuments: false }
      for (const file of files) {
        const { feed } = await readFeedFile(file)
        const first = await importPodcast(repo, { file }, options)
        const before = await repo.all(from(Episode).orderBy({ id: 'asc' }))

        const second = await importPodcast(repo, { file }, options)

        assert.equal(first.outcome, 'created', file)
        assert.equal(first.episodes.created, feed.items.length, file)
        assert.deepEqual(first.episodes.skipped, [], file)
        assert.equal(second.outcome, 'unchanged', file)
        assert.equal(second.episodes.unchanged, feed.items.length, file)
        assert.deepEqual(await repo.all(from(Episode).orderBy({ id: 'asc' })), before, file)
      }
      assert.ok(files.length >= 6)
    }),
  )

  it(
    'goes out again with every guid, title, date and file it came in with',
    sandboxed(async (repo) => {
      for (const file of files) {
        const { feed: came } = await readFeedFile(file)
        const { podcast } = await importPodcast(
          repo,
          { file },
          { asOf: NOW, fetchDocuments: false },
        )

        const draft = await getFeed(repo, podcast.slug, NOW, OUTSIDE)
        const { feed: went, warnings } = await readFeed(writeFeed(draft))

        assert.deepEqual(warnings, [], file)
        assert.deepEqual(
          [went.title, went.guid, went.imageUrl, went.categories, went.funding],
          [came.title, podcast.guid, came.imageUrl, came.categories, came.funding],
        )
        const kept = (items: typeof came.items) =>
          items
            .map(
              ({
                guid,
                guidIsPermaLink,
                title,
                publishedAt,
                enclosure,
                season,
                episode,
                durationSeconds,
              }) => {
                return {
                  guid,
                  guidIsPermaLink,
                  title,
                  publishedAt,
                  url: enclosure?.url,
                  season,
                  episode,
                  durationSeconds,
                }
              },
            )
            .toSorted((a, b) => (a.guid < b.guid ? -1 : 1))
        assert.deepEqual(kept(went.items), kept(came.items), file)
      }
    }),
  )
})
