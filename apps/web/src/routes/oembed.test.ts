import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, type Repo } from '@showrunner/data'
import { EpisodeSlug } from '@showrunner/domain/episodes'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { aFullEpisode, HOSTILE } from '../testing/a-full-episode.ts'
import { PUBLIC_URL, testApp } from '../testing/test-app.ts'

const PAGE = `${PUBLIC_URL}/local-time/full`

async function asking(repo: Repo) {
  const app = await testApp(repo)
  return (query: Record<string, string>) =>
    app.inject(`/api/oembed?${new URLSearchParams(query).toString()}`)
}

describe('/api/oembed', () => {
  it(
    'says how the player of an episode is shown',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const response = await (await asking(repo))({ url: PAGE })
      const { html, ...said } = response.json<{ readonly html: string }>()

      assert.equal(response.headers['access-control-allow-origin'], '*')
      assert.match(html, /^<iframe src="https:\/\/radio.example\/local-time\/full\/embed" title="/)
      assert.match(html, /width="640" height="184"/)
      assert.doesNotMatch(html, /<script/)
      assert.deepEqual(said, {
        version: '1.0',
        type: 'rich',
        title: HOSTILE,
        author_name: HOSTILE,
        author_url: 'https://radio.example/local-time',
        provider_name: 'Showrunner',
        provider_url: PUBLIC_URL,
        cache_age: 86_400,
        width: 640,
        height: 184,
        thumbnail_url: 'https://radio.example/local-time/full/share.jpg',
        thumbnail_width: 1200,
        thumbnail_height: 630,
      })
    }),
  )

  it(
    'knows the page with a query, a fragment, a slash, by its player and by the name it had',
    sandboxed(async (repo) => {
      const { episode } = await aFullEpisode(repo)
      const { id: episodeId, podcastId } = episode
      await repo.insertOrThrow(build(EpisodeSlug, { episodeId, podcastId, slug: 'former' }))
      const ask = await asking(repo)

      for (const url of [
        `${PAGE}?utm_source=a&t=90`,
        `${PAGE}#t=1:30`,
        `${PAGE}/`,
        `${PAGE}/?a=b#c`,
        `${PAGE}/embed?theme=dark`,
        PAGE.replace('https:', 'http:'),
        `${PUBLIC_URL}/local-time/former`,
      ]) {
        const response = await ask({ url })
        assert.equal(response.statusCode, 200, url)
        assert.match(response.body, /local-time\/full\/embed/, url)
      }
    }),
  )

  it(
    'keeps to the room there is',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const response = await (await asking(repo))({ url: PAGE, maxwidth: '320', maxheight: '150' })
      const said = response.json<Record<string, unknown>>()

      assert.deepEqual([said['width'], said['height']], [320, 150])
      assert.match(String(said['html']), /width="320" height="150"/)
      assert.equal(said['thumbnail_url'], undefined)
    }),
  )

  it(
    'answers in XML to who asks for it',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const response = await (await asking(repo))({ url: PAGE, format: 'xml' })
      const html = /<html>(.*)<\/html>/.exec(response.body)?.[1] ?? ''

      assert.match(String(response.headers['content-type']), /^text\/xml/)
      assert.match(response.body, /^<\?xml version="1.0" encoding="utf-8"/)
      assert.match(response.body, /<width>640<\/width>/)
      assert.match(html, /^&lt;iframe src=&quot;https:/)
      assert.doesNotMatch(html, /[<>]/)
    }),
  )

  it(
    'says of anything else that it is not there, of other formats that there are none, and what is missing',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const podcast = await aPodcast(repo, { slug: 'other' })
      await anEpisode(repo, podcast, { slug: 'draft', published: false })
      await anEpisode(repo, podcast, { slug: 'silent', audioUrl: null, audioType: null })
      const ask = await asking(repo)

      for (const url of [
        `${PUBLIC_URL}/other/draft`,
        `${PUBLIC_URL}/other/silent`,
        `${PUBLIC_URL}/local-time/nothing`,
        `${PUBLIC_URL}/local-time`,
        'https://elsewhere.example/local-time/full',
        'https://radio.example.evil.example/local-time/full',
        'javascript:alert(1)',
        'no address',
      ]) {
        assert.equal((await ask({ url })).statusCode, 404, url)
      }
      assert.equal((await ask({ url: PAGE, format: 'yaml' })).statusCode, 501)
      assert.equal((await ask({})).statusCode, 400)
      assert.equal((await ask({ url: PAGE, maxwidth: 'wide' })).statusCode, 400)
    }),
  )

  it(
    'is found from the page of an episode',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const app = await testApp(repo)

      const { body } = await app.inject('/local-time/full')
      const found =
        /type="application\/json\+oembed"[^>]* href="https:\/\/radio.example([^"]+)"/.exec(body)
      const response = await app.inject((found?.[1] ?? '').replaceAll('&amp;', '&'))

      assert.equal(response.statusCode, 200)
      assert.match(response.body, /"type":"rich"/)
    }),
  )
})
