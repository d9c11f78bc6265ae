import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createSponsor } from '@showrunner/domain/sponsors'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { createTopic } from '@showrunner/domain/topics'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

describe('the search of the admin area', () => {
  it(
    'finds what somebody may see, drafts of theirs too, and nothing of another podcast',
    sandboxed(async (repo) => {
      const [own, other] = [await aPodcast(repo), await aPodcast(repo, { slug: 'other' })]
      await anEpisode(repo, own, { slug: 'tide-one', title: 'Tide <one>', published: false })
      await anEpisode(repo, other, { slug: 'tide-two', title: 'Tide two', published: false })
      await aPerson(repo, 'Tide Watcher', { handle: 'watcher', email: 'secret@example.com' })
      await createTopic(repo, { name: 'Tides', slug: 'tides' })
      await createSponsor(repo, { name: 'Tideline', slug: 'tideline' })
      const host = await inAdmin(repo, { hostOf: [own] })

      const found = await host.get('/admin/search?q=tide')
      await assertValidHtml(found.html)
      assert.match(found.html, /Tide &lt;one&gt;/)
      assert.match(found.html, /Tide Watcher/)
      assert.match(found.html, /Tideline/)
      assert.doesNotMatch(found.html, /Tide two/)
      assert.doesNotMatch((await host.get('/admin/search/links?q=tide')).html, /Tide two/)
      assert.doesNotMatch((await host.get('/admin/search?q=secret@')).html, /Tide Watcher/)
      const admin = await inAdmin(repo, { admin: true })
      assert.match((await admin.get('/admin/search?q=secret@')).html, /Tide Watcher/)
    }),
  )

  it(
    'gives pickers what they send, and a way to add somebody',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada "Lovelace"', { handle: 'ada' })
      const host = await inAdmin(repo, { hostOf: [await aPodcast(repo)], name: 'Zoe Host' })

      const { html } = await host.get('/admin/search/choices?type=people&q=ada')

      assert.match(html, /data-autocomplete-value="Ada &quot;Lovelace&quot; \(ada\)"/)
      assert.match(html, /data-autocomplete-value="ada \(new\)"/)
      assert.equal((await host.get('/admin/search/choices?type=nothing&q=a')).status, 400)
    }),
  )

  it(
    'finds nothing for no words, and rooms by their names',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })

      await assertValidHtml((await admin.get('/admin/search')).html)
      assert.match((await admin.get('/admin/search/links?q=sett')).html, /href="\/admin\/settings"/)
      const editor = await inAdmin(repo, { editor: true })
      assert.doesNotMatch((await editor.get('/admin/search/links?q=sett')).html, /settings/)
    }),
  )
})
