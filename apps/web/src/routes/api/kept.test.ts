import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Read } from '../../api/operation.ts'
import { READS } from '../../api/operations.ts'
import { anEpisode } from '@showrunner/domain/testing'
import { anExemplaryNetwork } from '../../testing/an-api.ts'
import { keptSite } from '../../testing/kept-site.ts'
import { NOW, testApp } from '../../testing/test-app.ts'

const HOUR_MS = 60 * 60_000

/** Every list and thing that is kept, in full. */
const urls = (exampleOf: (read: Read) => string) => [
  ...READS.filter(({ isNeverKept }) => !isNeverKept).map(
    (read) => `/api/v1${exampleOf(read).replace(/[?&]fields=[^&]*/, '')}`,
  ),
  '/api/v1/news?topic=tides&source=tide-office&kind=link',
  '/api/v1/people?limit=1',
  '/api/v1/episodes?limit=1&fields=title',
  '/api/v1/episodes?person=maud-ferrier&topic=tides&podcast=local-time',
]

/** What somebody changes by hand, one after the other. */
const CHANGES = [
  `update episodes set title = 'By hand' where slug = 'nobody-owns-the-tide-table'`,
  `update chapters set title = 'By hand'`,
  `update transcript_cues set body = 'By hand' where position = 2`,
  `update people set name = 'By Hand' where handle = 'maud-ferrier'`,
  `update topics set name = 'By hand'`,
  `update posts set title = 'By hand'`,
  `update podcasts set title = 'By hand'`,
  `update news_items set headline = 'By hand'`,
  `update news_sources set name = 'By hand'`,
  `delete from news_item_topics`,
  `update news_issues set note = 'By hand'`,
  `update comments set body = 'By hand'`,
  `update comments set approved = false where post_id is not null`,
  `insert into comments (news_item_id, body, approved) select id, 'By hand', true from news_items`,
  `update news_items set status = 'draft'`,
  `delete from news_issue_items`,
  `update news_issues set published = false`,
  `delete from episode_guests`,
  `delete from episode_topics`,
  `delete from episode_credits`,
  `update posts set published = false`,
  `update episodes set published = false where slug = 'before'`,
  `update podcasts set status = 'archived'`,
]

describe('what the API keeps', () => {
  it('is what it would say if it were made anew, whatever changes, and is made once until then', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { app, repo, live } = site
    const { exampleOf } = await anExemplaryNetwork(repo)
    await live.caughtUp()
    const fresh = await testApp(repo)
    let times = 0
    const bodies = async () => {
      // Somebody else each time: nobody may ask so often.
      const remoteAddress = `192.0.2.${(times += 1)}`
      for (const url of urls(exampleOf)) {
        const asking = { url, remoteAddress }
        const [kept, made] = [await app.inject(asking), await fresh.inject(asking)]
        assert.deepEqual([kept.statusCode, kept.body], [made.statusCode, made.body], url)
      }
    }

    await bodies()
    assert.equal(await site.rendersDuring(bodies), 0)
    for (const change of CHANGES) {
      await site.psql(change)
      await bodies()
    }
    await fresh.close()
  })

  it('has what was scheduled from its moment on', async (t) => {
    let now = NOW
    const site = await keptSite(t, { clock: () => now })
    if (!site) return
    const { app, repo, live } = site
    const { podcast } = await anExemplaryNetwork(repo)
    const publishedAt = new Date(NOW.getTime() + HOUR_MS).toISOString()
    await anEpisode(repo, podcast, { slug: 'to-come', publishedAt })
    await site.psql(`insert into people (name, handle) values ('Zed', 'zed')`)
    await site.psql(
      `insert into episode_guests (episode_id, podcast_id, person_id)
        select e.id, e.podcast_id, p.id from episodes e, people p where e.slug = 'to-come' and p.handle = 'zed'`,
    )
    await live.caughtUp()
    const urls = [
      '/api/v1/episodes?fields=slug',
      '/api/v1/people?fields=handle',
      '/api/v1/people/zed/episodes',
    ]
    const before = await Promise.all(urls.map((url) => app.inject(url)))

    now = new Date(NOW.getTime() + 2 * HOUR_MS)
    const after = await Promise.all(urls.map((url) => app.inject(url)))

    assert.deepEqual(
      before.map(({ statusCode }) => statusCode),
      [200, 200, 404],
    )
    for (const { body } of before) assert.doesNotMatch(body, /to-come|zed"/)
    assert.deepEqual(
      after.map(({ statusCode }) => statusCode),
      [200, 200, 200],
    )
    assert.match(after[0]?.body ?? '', /to-come/)
    assert.match(after[1]?.body ?? '', /zed/)
  })
})
