import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aFullEpisode } from '../testing/a-full-episode.ts'
import { keptSite } from '../testing/kept-site.ts'

describe('a page', () => {
  it('is made once, and anew when somebody changes in psql what it shows', async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { app, repo, live } = site
    const { episode } = await aFullEpisode(repo)
    await live.caughtUp()
    const url = `/local-time/${episode.slug}`

    const first = await app.inject(url)
    const again = await app.inject(url)
    assert.equal(first.statusCode, 200)
    assert.equal(again.body, first.body)
    assert.deepEqual(again.headers.etag, first.headers.etag)
    assert.deepEqual([live.pages.counters.renders, live.pages.counters.hits], [1, 1])

    await site.psql(`update episodes set title = 'By hand' where id = ${episode.id}`)
    const changed = await app.inject(url)

    assert.match(changed.body, /By hand/)
    assert.notEqual(changed.headers.etag, first.headers.etag)
    assert.equal(live.pages.counters.renders, 2)
  })
})
