import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from } from '@showrunner/data'
import { Activity } from '@showrunner/domain/activity'
import { EpisodeRequest, requestChangeset } from '@showrunner/domain/requests'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { Upload } from '@showrunner/domain/uploads'
import { WebhookEndpoint } from '@showrunner/domain/webhooks'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const SOON = '2026-11-21T08:00:00Z'
const DRAFT = { published: false, publishedAt: null } as const

describe('today, in the admin area', () => {
  it(
    'says what to do first where there is nothing yet',
    sandboxed(async (repo) => {
      const { get } = await inAdmin(repo, { admin: true })

      const { html, status } = await get('/admin')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /There is no podcast here yet/)
      assert.match(html, /href="\/admin\/podcasts\/new">Create a podcast/)
      assert.match(html, /href="\/admin\/import">Import one by its feed/)
      assert.match(html, /Friday 20 November 2026/)
    }),
  )

  it(
    'shows drafts with what they miss, what is out next, requests, and what went wrong',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo, { title: 'Tides & Times' })
      const { id } = await anEpisode(repo, podcast, {
        slug: 'low',
        title: 'Low <water>',
        audioUrl: null,
        ...DRAFT,
      })
      await anEpisode(repo, podcast, { slug: 'next', title: 'High water', publishedAt: SOON })
      const person = await aPerson(repo, 'Zoe Example')
      const wish = build(EpisodeRequest, { podcastId: podcast.id, submitterId: person.id })
      const request = await repo.insertOrThrow(requestChangeset(wish, { pitch: 'Neap tides' }))
      await repo.insertOrThrow(
        build(Upload, {
          podcastId: podcast.id,
          personId: person.id,
          kind: 'audio',
          subject: 'episode',
          subjectId: id,
          name: 'low.gif',
          bytes: 7,
          state: 'refused',
          message: 'It is no recording.',
          updatedAt: NOW,
        }),
      )
      const { get } = await inAdmin(repo, { hostOf: [podcast] })

      const { html } = await get('/admin')

      await assertValidHtml(html)
      const at = `/admin/podcasts/${podcast.id}/episodes`
      assert.match(html, new RegExp(`href="${at}/${id}/edit" dir="auto">Low &lt;water&gt;<`))
      assert.match(html, new RegExp(`href="${at}/${id}/audio">There is nothing to hear yet`))
      assert.match(
        html,
        new RegExp(`href="${at}/new" aria-label="New episode of Tides &amp; Times"`),
      )
      assert.match(html, /Tomorrow<\/span> <span>08:00 UTC/)
      assert.match(html, new RegExp(`href="/admin/requests/${request.id}" dir="auto">Neap tides<`))
      assert.match(html, /“low.gif” was not taken\.<\/strong> <span dir="auto">It is no recording/)
      assert.doesNotMatch(html, /Import a podcast|administrator|Posts in work/)
    }),
  )

  it(
    'says which webhook was switched off because nothing got through, until it is on again',
    sandboxed(async (repo) => {
      const { get } = await inAdmin(repo, { admin: true })
      const values = { secret: 'whsec', events: ['episode.live'], stoppedAt: NOW, enabled: false }
      const stopped = async (host: string) =>
        repo.insertOrThrow(build(WebhookEndpoint, { ...values, url: `https://${host}/told` }))
      const { id } = await stopped('one.example')
      await repo.insertOrThrow(
        build(WebhookEndpoint, { ...values, url: 'https://off.example/', stoppedAt: null }),
      )

      const { html } = await get('/admin')

      await assertValidHtml(html)
      assert.match(
        html,
        new RegExp(`at one\\.example was switched off[^]*href="/admin/webhooks/${id}"`),
      )
      await stopped('two.example')
      assert.match((await get('/admin')).html, /2 webhooks were switched off[^]*\/admin\/webhooks"/)
      await repo.updateAll(from(WebhookEndpoint), { enabled: true, stoppedAt: null })
      assert.doesNotMatch((await get('/admin')).html, /switched off/)
    }),
  )

  it(
    'shows a host nothing of other podcasts, and an editor their posts alone',
    sandboxed(async (repo) => {
      const [mine, other] = [
        await aPodcast(repo, { slug: 'mine' }),
        await aPodcast(repo, { slug: 'other', title: 'Other show' }),
      ]
      await anEpisode(repo, other, { slug: 'secret', title: 'Secret draft', ...DRAFT })
      await anEpisode(repo, other, { slug: 'secret-soon', title: 'Secret soon', publishedAt: SOON })
      const subject = { subjectType: 'episode', subjectId: null, subjectTitle: 'Secret deed' }
      await repo.insertOrThrow(
        build(Activity, { action: 'deleted', ...subject, podcastId: other.id, at: NOW }),
      )
      const host = await inAdmin(repo, { hostOf: [mine] })
      const editor = await inAdmin(repo, { editor: true, name: 'Edith' })
      await aPost(repo, editor.person, { slug: 'my-post' })
      const admin = await inAdmin(repo, { admin: true, name: 'Zoe' })

      const [seenByHost, seenByEditor, seenByAdmin] = [
        (await host.get('/admin')).html,
        (await editor.get('/admin')).html,
        (await admin.get('/admin')).html,
      ]

      for (const html of [seenByHost, seenByEditor]) {
        await assertValidHtml(html)
        assert.doesNotMatch(html, /Secret|Other show/)
      }
      assert.match(seenByHost, /Nothing is in work/)
      assert.match(seenByEditor, /my-post/)
      assert.doesNotMatch(seenByEditor, /In work|Requests to answer|Done lately/)
      await assertValidHtml(seenByAdmin)
      assert.match(seenByAdmin, /Secret draft[\s\S]*Secret soon[\s\S]*Secret deed/)
      assert.match(seenByAdmin, /<strong class="figures">1<\/strong> administrator/)
    }),
  )

  it(
    'is for who has work here, and leads others to sign in',
    sandboxed(async (repo) => {
      const member = await inAdmin(repo, {})

      assert.equal((await member.get('/admin')).status, 403)
      const { statusCode, headers } = await member.app.inject({
        url: '/admin',
        headers: { accept: 'text/html' },
      })
      assert.equal(statusCode, 303)
      assert.equal(headers.location, '/in?next=%2Fadmin')
    }),
  )
})
