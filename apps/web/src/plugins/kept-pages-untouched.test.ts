import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aNetwork } from '../testing/a-network.ts'
import { formsIn } from '../testing/forms-in.ts'
import { inAdmin } from '../testing/in-admin.ts'
import { keptSite } from '../testing/kept-site.ts'

/** Forms of rows that pages show, and one of their fields. */
const FORMS: readonly (readonly [address: string, field: string])[] = [
  ['/admin/podcasts/1/episodes/1/edit', 'chapters[0][title]'],
  ['/admin/podcasts/2/episodes/4/edit', 'summary'],
  ['/admin/podcasts/1/episodes/5/live', 'plannedMinutes'],
  ['/admin/podcasts/1/edit', 'subtitle'],
  ['/admin/people/1/edit', 'name'],
  ['/admin/people/2/edit', 'name'],
  ['/admin/topics/1/edit', 'name'],
  ['/admin/sponsors/1/edit', 'name'],
  ['/admin/posts/1/edit', 'title'],
  ['/admin/news/2/edit', 'headline'],
  ['/admin/news/sources/1/edit', 'name'],
  ['/admin/news/issues/1/edit', 'teaser'],
  ['/admin/settings', 'tagline'],
]

describe('a form that is sent as it was', () => {
  it('has no page made anew', { timeout: 240_000 }, async (t) => {
    const site = await keptSite(t)
    if (!site) return
    const { urls } = await aNetwork(site)
    const ada = await inAdmin(site.repo, { admin: true, name: 'Ada the Admin' }, {}, site.app)
    await site.live.caughtUp()
    const askAll = async () => {
      for (const url of urls) await site.app.inject(url)
    }
    await askAll()

    for (const [address, field] of FORMS) {
      const { html } = await ada.get(address)
      const form = formsIn(html, address).find(({ fields }) =>
        fields.some(([name]) => name === field),
      )
      assert.ok(form, `${address} has no ${field}`)
      const stale: string[] = []
      const stop = site.live.pages.onStale((key) => stale.push(key))
      const saved = await ada.post(form.action, Object.fromEntries(form.fields))
      stop()

      assert.equal(saved.status, 303, `${address} said ${saved.html}`)
      assert.deepEqual(stale, [], address)
      assert.equal(await site.rendersDuring(askAll), 0, address)
    }
  })
})
