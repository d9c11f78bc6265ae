import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { EpisodeSlug } from '@showrunner/domain/episodes'
import { updateSettings } from '@showrunner/domain/settings'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode, HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { page, testApp } from '../testing/test-app.ts'

describe('the deck', () => {
  it(
    'is fetched by itself, in the language of the site',
    sandboxed(async (repo) => {
      const wrapped = (html: string) =>
        `<!doctype html>\n<html lang="en"><head><title>The deck</title></head><body><show-deck>${html}</show-deck></body></html>`
      const { html, headers } = await page(await testApp(repo), '/player')
      await updateSettings(repo, { language: 'de' })
      const { html: german } = await page(await testApp(repo), '/player')

      await assertValidHtml(wrapped(html))
      assert.equal(headers['x-robots-tag'], 'noindex')
      assert.match(html, /<option value="0.75">0.75×<\/option>/)
      assert.match(html, /<option value="2">2×<\/option>/)
      assert.match(html, />Keys<\/p>/)
      assert.match(german, />Tasten<\/p>/)
    }),
  )
})

describe('what a player fetches of an episode', () => {
  it(
    'is its sound, its names, its colours and its chapters',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const { body, headers } = await (await testApp(repo)).inject('/local-time/full/play.json')
      const { colours, ...data } = JSON.parse(body) as Record<string, unknown>

      assert.match(String(headers['content-type']), /^application\/json/)
      assert.match(String(colours), /--on-light:#/)
      assert.deepEqual(data, {
        episode: '/local-time/full',
        audioUrl: '/uploads/full.mp3',
        title: HOSTILE,
        show: HOSTILE,
        imageUrl: '',
        seconds: 600,
        chapters: [
          {
            at: 0,
            title: HOSTILE,
            link: 'https://www.example.com/?a=1&b="2"',
            imageUrl: '',
            listed: true,
          },
          { at: 300, title: 'Second', link: '', imageUrl: '', listed: true },
        ],
      })
    }),
  )

  it(
    'is not there of what cannot be heard (yet)',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'silent', audioUrl: null, audioType: null })
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      const app = await testApp(repo)

      for (const slug of ['silent', 'draft', 'nothing']) {
        assert.equal((await app.inject(`/local-time/${slug}/play.json`)).statusCode, 404, slug)
        assert.equal((await app.inject(`/local-time/${slug}/embed`)).statusCode, 404, slug)
      }
    }),
  )
})

describe('the player for pages elsewhere', () => {
  it(
    'trusts nothing it shows, plays without scripts, and leads back',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const { html, status } = await page(await testApp(repo), '/local-time/full/embed')

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.doesNotMatch(html, /<script>alert/)
      assert.match(html, /<audio controls preload="none" src="\/uploads\/full.mp3">/)
      assert.match(html, /href="https:\/\/radio.example\/local-time\/full" target="_top"/)
      assert.match(html, /<meta name="robots" content="noindex">/)
      assert.match(html, /assets\/embed\.css/)
      assert.doesNotMatch(html, /assets\/main/)
    }),
  )

  it(
    'may be framed by anybody, and no other page may',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const app = await testApp(repo)
      const policyOf = async (url: string) =>
        String((await app.inject(url)).headers['content-security-policy'])

      assert.match(await policyOf('/local-time/full/embed'), /frame-ancestors \*/)
      assert.match(await policyOf('/local-time/full/embed'), /script-src 'self'/)
      for (const url of ['/local-time/full', '/player', '/local-time/nothing/embed', '/']) {
        assert.match(await policyOf(url), /frame-ancestors 'none'/, url)
      }
    }),
  )

  it(
    'is light or dark as the page around it asks, and as the reader’s machine says otherwise',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const app = await testApp(repo)
      const themed = async (query: string) =>
        /data-theme="(\w+)"/.exec((await page(app, `/local-time/full/embed${query}`)).html)?.[1]

      assert.equal(await themed('?theme=dark&t=1h2m3s'), 'dark')
      assert.equal(await themed('?theme=light'), 'light')
      assert.equal(await themed(''), 'auto')
      assert.equal(await themed('?theme=%3Cscript%3E'), 'auto')
    }),
  )

  it(
    'moves along with its episode',
    sandboxed(async (repo) => {
      const { episode } = await aFullEpisode(repo)
      const { id: episodeId, podcastId } = episode
      await repo.insertOrThrow(build(EpisodeSlug, { episodeId, podcastId, slug: 'former' }))

      const { statusCode, headers } = await (
        await testApp(repo)
      ).inject('/local-time/former/embed?theme=dark')

      assert.deepEqual([statusCode, headers.location], [301, '/local-time/full/embed?theme=dark'])
    }),
  )
})

describe('the page of an episode', () => {
  it(
    'has the code of its player to be copied, and ways to share it that ask nobody anything',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const { html } = await page(await testApp(repo), '/local-time/full')
      const [, code = ''] = /<textarea id="share-code"[^>]*>([^<]*)<\/textarea>/.exec(html) ?? []

      assert.match(
        code,
        /&lt;iframe src=&quot;https:\/\/radio.example\/local-time\/full\/embed&quot;/,
      )
      // What is in the code is escaped there as well.
      assert.match(code, /title=&quot;Listen to &amp;lt;script&amp;gt;/)
      assert.match(html, /href="https:\/\/share.joinmastodon.org\/#text=%3Cscript%3E/)
      assert.match(html, /href="mailto:\?subject=%3Cscript%3E/)
    }),
  )

  it(
    'is followed by a queue button on every row that can be heard',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'heard', title: HOSTILE })
      await anEpisode(repo, podcast, { slug: 'silent', audioUrl: null, audioType: null })

      const { html } = await page(await testApp(repo), '/local-time')

      await assertValidHtml(html)
      assert.deepEqual(
        Array.from(html.matchAll(/data-enqueue="([^"]+)"/g), ([, at]) => at),
        ['/local-time/heard'],
      )
    }),
  )
})
