import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from '@showrunner/data'
import { sandboxed } from '@showrunner/domain/testing'
import { OPERATIONS } from '../../api/operations.ts'
import { PROBLEMS } from '../../api/problem.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { page, testApp } from '../../testing/test-app.ts'

describe('the page about the API', () => {
  it(
    'tells of every operation and every problem, with examples, and leads nowhere that is not',
    sandboxed(async (repo) => {
      const app = await testApp(repo)

      const { status, html } = await page(app, '/api')

      assert.equal(status, 200)
      await assertValidHtml(html)
      for (const { id } of OPERATIONS) assert.match(html, new RegExp(`<h3 id="${id}">`), id)
      for (const code of Object.keys(PROBLEMS))
        assert.match(html, new RegExp(`id="problem-${code}"`))
      const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
      const within = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
      assert.deepEqual(
        within.filter((id) => id !== undefined && !ids.has(id)),
        [],
      )
      assert.match(html, /curl &quot;https:\/\/radio\.example\/api\/v1\/podcasts\/local-time&quot;/)
      assert.match(
        html,
        /300 requests a minute for each address, .*; with a token, 120 for each token\./,
      )
      assert.match(html, /An empty object, <code>{}<\/code>, publishes it at once/)
      assert.doesNotMatch(html, /<script(?![^>]*(?:ld\+json|src="\/))/)
    }),
  )

  it(
    'speaks the language of the network, but for what programs read',
    sandboxed(async (repo) => {
      await repo.run(sql`update settings set language = 'de'`)
      const app = await testApp(repo)

      const { html } = await page(app, '/api')

      await assertValidHtml(html)
      assert.match(html, /Was überall gilt/)
      assert.match(html, /lang="en"[^>]*>\s*<h3 id="listEpisodes">Every episode/)
    }),
  )
})
