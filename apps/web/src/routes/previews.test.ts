import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { PROGRAM } from '@showrunner/domain/activity'
import { Episode } from '@showrunner/domain/episodes'
import { revokePreview, sharePreview } from '@showrunner/domain/publishing'
import { sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { NOW, page, testApp } from '../testing/test-app.ts'

async function shared(repo: Repo) {
  const { episode } = await aFullEpisode(repo)
  await repo.updateAll(from(Episode).where({ id: episode.id }), { published: false })
  const { token, link } = await sharePreview(repo, episode, PROGRAM, NOW)
  return { episode, link, url: `/preview/${token}` }
}

describe('a preview', () => {
  it(
    'is the page of the episode as it will be, and nobody else is told of it',
    sandboxed(async (repo) => {
      const { url } = await shared(repo)
      const app = await testApp(repo)

      const { status, html, headers } = await page(app, url)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /A preview: this is not published yet/)
      assert.match(html, /<audio controls preload="none" src="\/uploads\/full.mp3">/)
      for (const part of ['Chapters', 'Notes', 'Transcript', 'Links']) {
        assert.match(html, new RegExp(`<h2[^>]*>${part}</h2>`))
      }
      assert.match(html, /<meta name="robots" content="noindex">/)
      assert.doesNotMatch(html, /rel="canonical"|ld\+json|\/local-time\/full/)
      assert.deepEqual(
        [headers['cache-control'], headers['referrer-policy'], headers['x-robots-tag']],
        ['no-store', 'no-referrer', 'noindex, nofollow'],
      )
      assert.equal((await page(app, '/local-time/full')).status, 404)
    }),
  )

  it(
    'that is revoked says so, and one that never was is not there',
    sandboxed(async (repo) => {
      const { url, episode, link } = await shared(repo)
      await revokePreview(repo, episode, link.id, NOW)
      const app = await testApp(repo)

      const over = await page(app, url)
      const never = await page(app, `/preview/${'x'.repeat(43)}`)

      assert.deepEqual([over.status, never.status], [410, 404])
      await assertValidHtml(over.html)
      assert.match(over.html, /This preview is over/)
      assert.equal(over.headers['cache-control'], 'no-store')
    }),
  )

  it(
    'leads to the episode once that is out',
    sandboxed(async (repo) => {
      const { url, episode } = await shared(repo)
      await repo.updateAll(from(Episode).where({ id: episode.id }), { published: true })

      const response = await (await testApp(repo)).inject(url)

      assert.equal(response.statusCode, 302)
      assert.equal(response.headers.location, '/local-time/full')
    }),
  )
})
