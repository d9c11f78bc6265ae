import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { Episode, EpisodeSponsor } from '@showrunner/domain/episodes'
import { EpisodeRequest } from '@showrunner/domain/requests'
import { createSponsor } from '@showrunner/domain/sponsors'
import { anEpisode, aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../../../testing/assert-valid-html.ts'
import { inAdmin } from '../../../testing/in-admin.ts'

async function aHostsEpisode(repo: Repo, params: object = {}) {
  const podcast = await aPodcast(repo)
  const episode = await anEpisode(repo, podcast, { slug: 'noon', title: 'Noon', ...params })
  const host = await inAdmin(repo, { hostOf: [podcast] })
  return { podcast, episode, host, at: `/admin/podcasts/${podcast.id}/episodes` }
}

async function sponsored(
  repo: Repo,
  { id: episodeId, podcastId }: Episode,
  said: { readonly sponsorId: number; readonly title: string; readonly startsMs?: number },
): Promise<void> {
  const linkUrl = 'https://tide.example/"cup"'
  await repo.insertOrThrow(build(EpisodeSponsor, { episodeId, podcastId, linkUrl, ...said }))
}

describe('what helps with the sheet of an episode', () => {
  it(
    'are the words that a sponsor had last, on this podcast, and on no podcast of others',
    sandboxed(async (repo) => {
      const { podcast, episode, host } = await aHostsEpisode(repo)
      const other = await anEpisode(repo, await aPodcast(repo, { slug: 'other' }), { slug: 'far' })
      const [tideline, secret] = [
        await createSponsor(repo, { name: 'Tideline' }),
        await createSponsor(repo, { name: 'Tide Secret' }),
      ]
      assert.ok(tideline.ok && secret.ok)
      await sponsored(repo, episode, { sponsorId: tideline.value.id, title: 'Clocks <b>' })
      await sponsored(repo, other, { sponsorId: tideline.value.id, title: 'Elsewhere' })
      await sponsored(repo, other, { sponsorId: secret.value.id, title: 'Unheard' })

      const choices = `/admin/search/choices?type=sponsors&podcast=${podcast.id}&q=tide`
      const { html } = await host.get(choices)

      const [, fill = ''] = /data-fill="([^"]*)"/.exec(html) ?? []
      assert.deepEqual(
        JSON.parse(fill.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')),
        {
          title: 'Clocks <b>',
          linkUrl: 'https://tide.example/"cup"',
          description: '',
        },
      )
      assert.match(html, /Tide Secret/)
      assert.doesNotMatch(html, /Elsewhere|Unheard/)
      await assertValidHtml(
        `<!DOCTYPE html><html lang="en"><head><title>a</title></head><body><ul role="listbox">${html}</ul></body></html>`,
      )
    }),
  )

  it(
    'are links to the moments of sponsors, the dates that are taken, and whose wish it is',
    sandboxed(async (repo) => {
      const { podcast, episode, host, at } = await aHostsEpisode(repo)
      const sponsor = await createSponsor(repo, { name: 'Tideline' })
      assert.ok(sponsor.ok)
      const sponsorId = sponsor.value.id
      await sponsored(repo, episode, { sponsorId, title: 'Clocks', startsMs: 754_500 })
      await anEpisode(repo, podcast, {
        slug: 'next',
        title: 'Next <one>',
        published: false,
        publishedAt: null,
        recordedAt: '2026-12-01T09:00:00Z',
      })
      const { id: submitterId } = await aPerson(repo, 'Grace Hopper')
      const request = await repo.insertOrThrow(
        build(EpisodeRequest, { podcastId: podcast.id, submitterId, pitch: 'Tides & <clocks>?' }),
      )
      await repo.updateAll(from(Episode).where({ id: episode.id }), { requestId: request.id })

      const { html } = await host.get(`${at}/${episode.id}/edit`)

      await assertValidHtml(html)
      assert.match(html, /<copy-link[^>]*><a class="link" href="\/local-time\/noon#t=12:34">/)
      assert.match(
        html,
        new RegExp(
          `Somebody asked for it: <a class="link" href="/admin/requests/${request.id}" dir="auto">Tides &amp; &lt;clocks&gt;`,
        ),
      )
      assert.match(html, /<td class="recording"><time datetime="2026-12-01">1<\/time>/)
      assert.match(html, /Recording: <a[^>]*>Next &lt;one&gt;</)
      assert.match(html, /data-cut-after="60"/)
      assert.match((await host.get(at)).html, /Dates that are taken <span class="figures">1/)
      const fresh = await host.get(`${at}/new`)
      await assertValidHtml(fresh.html)
      assert.match(fresh.html, /Dates that are taken <span class="figures">1</)
    }),
  )

  it(
    'leads to the list as it was found from the other pages of an episode, and after what is done there',
    sandboxed(async (repo) => {
      const { episode, host, at } = await aHostsEpisode(repo, { published: false })
      const list = `${at}?state=drafts&q=noon`
      const back = `?back=${encodeURIComponent(list)}`

      for (const tab of ['audio', 'transcripts', 'publish', 'live', 'youtube', 'downloads']) {
        const { html } = await host.get(`${at}/${episode.id}/${tab}${back}`)
        assert.ok(html.includes(`href="${at}/${episode.id}/edit${back}"`), tab)
        assert.match(html, /href="[^"]*\?state=drafts&amp;q=noon" dir="auto">/, tab)
      }

      const page = `${at}/${episode.id}/publish`
      const previews = `${at}/${episode.id}/previews`
      const made = await host.post(previews, {}, `https://radio.example${page}${back}`)
      assert.equal(made.headers['location'], `${page}${back}#previews`)
      for (const elsewhere of [
        page,
        `${page}?back=%2Fadmin%2Ftopics`,
        'https://evil.example',
        '?',
      ]) {
        const after = await host.post(previews, {}, elsewhere)
        assert.equal(after.headers['location'], `${page}#previews`)
      }
    }),
  )

  it(
    'is a second button that saves and leads to the list',
    sandboxed(async (repo) => {
      const { episode, host, at } = await aHostsEpisode(repo)
      const edit = `${at}/${episode.id}/edit`
      const title = async () => (await repo.getOrThrow(Episode, episode.id)).title

      assert.match((await host.get(edit)).html, /name="afterwards" value="list">Save and close</)
      const closed = await host.post(edit, { title: 'Noon again', afterwards: 'list' })
      assert.deepEqual([closed.status, closed.headers['location']], [303, at])
      assert.equal(await title(), 'Noon again')

      const list = `${at}?state=drafts&q=noon`
      const back = `back=${encodeURIComponent(list)}`
      const found = await host.get(list)
      assert.ok(found.html.includes(`href="${edit}?${back.replaceAll('&', '&amp;')}"`))
      const opened = await host.get(`${edit}?${back}`)
      await assertValidHtml(opened.html)
      assert.match(opened.html, /name="back" value="[^"]*\?state=drafts&amp;q=noon"/)
      assert.match(opened.html, /href="[^"]*\?state=drafts&amp;q=noon">Cancel</)
      const kept = await host.post(edit, { title: 'Noon', back: list })
      assert.equal(kept.headers['location'], `${edit}?${back}`)
      const left = await host.post(edit, { title: 'Noon', back: list, afterwards: 'list' })
      assert.equal(left.headers['location'], list)
      for (const elsewhere of ['https://evil.example/admin/x', '//evil.example', '/admin/topics']) {
        const gone = await host.post(edit, { back: elsewhere, afterwards: 'list' })
        assert.equal(gone.headers['location'], at)
      }

      const refused = await host.post(edit, { title: '', afterwards: 'list' })
      assert.equal(refused.status, 422)
      const saved = await host.post(edit, { title: 'Noon' })
      assert.equal(saved.headers['location'], edit)
    }),
  )
})
