import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { readChapters, readTranscript } from '@showrunner/feeds'
import { aFullEpisode, HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { testApp } from '../testing/test-app.ts'

describe('what podcast apps fetch of an episode', () => {
  it(
    'are its chapters',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const response = await (await testApp(repo)).inject('/local-time/full/chapters.json')

      assert.equal(response.headers['content-type'], 'application/json+chapters; charset=utf-8')
      assert.equal(response.headers['access-control-allow-origin'], '*')
      assert.deepEqual(
        readChapters(response.body).map(({ startsMs, title }) => ({ startsMs, title })),
        [
          { startsMs: 0, title: HOSTILE },
          { startsMs: 300_000, title: 'Second' },
        ],
      )
    }),
  )

  it(
    'is its transcript, in every format players ask for',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      const app = await testApp(repo)

      for (const [format, type] of [
        ['vtt', 'text/vtt'],
        ['srt', 'application/x-subrip'],
        ['json', 'application/json'],
      ] as const) {
        const response = await app.inject(`/local-time/full/transcript.${format}`)
        const cues = readTranscript(response.body, type)

        assert.equal(response.headers['content-type'], `${type}; charset=utf-8`)
        assert.equal(cues.at(-1)?.text, 'So do I.')
        assert.equal(cues.length, 6)
      }
    }),
  )

  it(
    'may be asked for with what it is known by, from a page of another site',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const asked = {
        origin: 'https://player.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'if-none-match',
      }

      for (const url of ['/local-time/feed', '/local-time/full/chapters.json', '/uploads/a.mp3']) {
        const { statusCode, headers } = await app.inject({ method: 'OPTIONS', url, headers: asked })
        assert.deepEqual([statusCode, headers['access-control-allow-origin']], [204, '*'], url)
        assert.match(String(headers['access-control-allow-headers']), /If-None-Match/)
        assert.equal(headers['access-control-allow-credentials'], undefined)
      }
    }),
  )

  it(
    'is a page of the transcript by itself',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)

      const { body } = await (await testApp(repo)).inject('/local-time/full/transcript.html')

      await assertValidHtml(body)
      assert.doesNotMatch(body, /<script>/)
      assert.match(body, /<link rel="canonical" href="https:\/\/radio.example\/local-time\/full">/)
    }),
  )

  it(
    'is not there when nobody wrote it, or in a format nobody reads',
    sandboxed(async (repo) => {
      await aFullEpisode(repo)
      await anEpisode(repo, await aPodcast(repo, { slug: 'other' }), { slug: 'silent' })
      const app = await testApp(repo)

      const silent = await app.inject('/other/silent/transcript.vtt')
      const unknown = await app.inject('/local-time/full/transcript.exe')

      assert.deepEqual([silent.statusCode, unknown.statusCode], [404, 404])
    }),
  )
})
