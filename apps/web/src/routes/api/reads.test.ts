import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from '@showrunner/data'
import { anEpisode, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { READS } from '../../api/operations.ts'
import { anExemplaryNetwork, asked } from '../../testing/an-api.ts'
import { HOSTILE } from '../../testing/a-full-episode.ts'
import { PUBLIC_URL, testApp } from '../../testing/test-app.ts'

const EPISODE = '/api/v1/podcasts/local-time/episodes/nobody-owns-the-tide-table'

describe('the API', () => {
  it(
    'answers every example of its documentation, and everything in full, as its schema says',
    sandboxed(async (repo) => {
      const { exampleOf } = await anExemplaryNetwork(repo)
      const app = await testApp(repo)

      for (const read of READS) {
        const [id, example] = [read.id, exampleOf(read)]
        const whole = example.replace(/[?&]fields=[^&]*/, '')
        for (const url of [example, whole]) {
          const { statusCode, body, operation } = await asked(app, { url: `/api/v1${url}` })
          assert.equal(statusCode, 200, `${url}: ${body}`)
          assert.equal(operation?.id, id)
        }
        const list: unknown = (await asked(app, { url: `/api/v1${whole}` })).json
        const { items = [1] } = list as { items?: readonly unknown[] }
        assert.ok(items.length > 0, `${whole} has nothing in it`)
      }
    }),
  )

  it(
    'says all of an episode, with addresses in full, times in UTC and seconds, and nothing escaped',
    sandboxed(async (repo) => {
      await anExemplaryNetwork(repo)
      const app = await testApp(repo)

      const { json, headers } = await asked(app, { url: EPISODE })

      const episode: Readonly<Record<string, unknown>> = json
      assert.equal(episode['title'], HOSTILE)
      assert.equal(episode['publishedAt'], '2026-03-01T09:00:00.000Z')
      assert.deepEqual(episode['audio'], {
        url: `${PUBLIC_URL}/uploads/full.mp3`,
        type: 'audio/mpeg',
        bytes: 4_800_000,
        durationSeconds: 600,
      })
      assert.deepEqual(
        (episode['people'] as readonly { part: string; handle: string }[]).map(
          ({ part, handle }) => [part, handle],
        ),
        [
          ['host', 'ines-okafor'],
          ['guest', 'maud-ferrier'],
          ['credit', 'maud-ferrier'],
        ],
      )
      assert.deepEqual(
        (episode['chapters'] as readonly { startSeconds: number }[]).map(
          ({ startSeconds }) => startSeconds,
        ),
        [0, 300],
      )
      assert.equal((episode['sponsors'] as readonly unknown[]).length, 1)
      assert.equal(headers['access-control-allow-origin'], '*')
      assert.match(String(headers['cache-control']), /^public, max-age=\d+$/)
    }),
  )

  it(
    'goes through a list by what each answer says is next, in its body and in its header',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      for (const day of [1, 2, 3, 4, 5]) {
        await anEpisode(repo, podcast, {
          slug: `day-${day}`,
          publishedAt: `2026-03-0${day}T09:00:00Z`,
        })
      }
      const app = await testApp(repo)
      const slugs: string[] = []
      let next: string | null = `${PUBLIC_URL}/api/v1/episodes?limit=2&fields=slug`

      while (next !== null) {
        const answer = await asked(app, { url: next.slice(PUBLIC_URL.length) })
        const list = answer.json as { items: { slug: string }[]; next: string | null }
        slugs.push(...list.items.map(({ slug }) => slug))
        next = list.next
        assert.equal(answer.headers['link'], next === null ? undefined : `<${next}>; rel="next"`)
      }

      assert.deepEqual(slugs, ['day-5', 'day-4', 'day-3', 'day-2', 'day-1'])
    }),
  )

  it(
    'takes an offset, which costs ten requests and says so',
    sandboxed(async (repo) => {
      await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const app = await testApp(repo)

      const plain = await asked(app, { url: '/api/v1/episodes' })
      const skipped = await asked(app, { url: '/api/v1/episodes?offset=1' })
      const both = await asked(app, { url: '/api/v1/episodes?offset=1&cursor=W10' })

      assert.equal(plain.headers['ratelimit-limit'], '300')
      assert.equal(plain.headers['ratelimit-remaining'], '299')
      assert.equal(skipped.headers['ratelimit-remaining'], '289')
      assert.match((skipped.json as { note: string }).note, /costs 10 requests/)
      assert.equal(both.statusCode, 400)
    }),
  )

  it(
    'stops whoever asks too often, and says when to come back',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const from = (remoteAddress: string) =>
        asked(app, { url: '/api/v1/episodes?offset=1', remoteAddress })
      for (let count = 0; count < 30; count += 1) await from('203.0.113.9')

      const stopped = await from('203.0.113.9')

      assert.equal(stopped.statusCode, 429)
      assert.equal(stopped.headers['retry-after'], '2')
      assert.equal(stopped.headers['ratelimit-remaining'], '0')
      assert.equal((await from('203.0.113.10')).statusCode, 200)
    }),
  )

  it(
    'answers 304 for what did not change, HEAD without a body, and another site’s preflight',
    sandboxed(async (repo) => {
      await anExemplaryNetwork(repo)
      const app = await testApp(repo)
      const { headers, body } = await asked(app, { url: EPISODE })

      const known = { 'if-none-match': String(headers.etag) }
      const same = await asked(app, { url: EPISODE, headers: known })
      const head = await asked(app, { url: EPISODE, method: 'HEAD' })
      const preflight = await app.inject({
        url: EPISODE,
        method: 'OPTIONS',
        headers: { origin: 'https://other.example' },
      })
      await repo.run(sql`update episodes set title = 'Other' where audio_bytes = 4800000`)
      const other = await asked(app, { url: EPISODE, headers: known })

      assert.deepEqual([same.statusCode, same.body], [304, ''])
      assert.equal(same.headers['access-control-allow-origin'], '*')
      assert.deepEqual([head.statusCode, head.body], [200, ''])
      assert.equal(head.headers['content-length'], String(Buffer.byteLength(body)))
      assert.equal(preflight.statusCode, 204)
      assert.equal(
        preflight.headers['access-control-allow-headers'],
        'If-None-Match, If-Modified-Since',
      )
      assert.equal(other.statusCode, 200)
    }),
  )

  it(
    'gives only the fields that are wanted, and names those there are where one is not',
    sandboxed(async (repo) => {
      await anExemplaryNetwork(repo)
      const app = await testApp(repo)
      const at = (fields: string) => asked(app, { url: `${EPISODE}?fields=${fields}` })

      assert.deepEqual((await at('slug,people.part,audio.type')).json, {
        slug: 'nobody-owns-the-tide-table',
        audio: { type: 'audio/mpeg' },
        people: [{ part: 'host' }, { part: 'guest' }, { part: 'credit' }],
      })
      for (const fields of [
        'titel',
        'people.nam',
        'title.length',
        'constructor',
        '__proto__',
        'a,,b',
      ]) {
        const { statusCode, json, body } = await at(fields)
        assert.equal(statusCode, 400, fields)
        assert.match((json as { type: string }).type, /#problem-unknown-field$/)
        assert.doesNotMatch(body, /\[native/)
      }
      const wrong = (await at('people.nam')).json as {
        detail: string
        faults: { known: string[] }[]
      }
      assert.match(
        wrong.detail,
        /There is no field "nam" \(in "people\.nam"\)\. There are: handle, name,/,
      )
      assert.ok(wrong.faults[0]?.known.includes('name'))
    }),
  )

  it(
    'gives what is said from one moment to another',
    sandboxed(async (repo) => {
      await anExemplaryNetwork(repo)
      const app = await testApp(repo)
      const texts = async (query: string) => {
        const { json } = await asked(app, { url: `${EPISODE}/transcript?${query}` })
        return (json as { items: { text: string }[] }).items.map(({ text }) => text.slice(0, 9))
      }

      assert.deepEqual(await texts('from=9&to=9.8'), ['Thank you', 'Not at al'])
      assert.deepEqual(await texts('from=9.8&limit=1'), ['I insist.'])
      assert.equal((await texts('')).length, 6)
      const none = await asked(app, {
        url: '/api/v1/podcasts/local-time/episodes/before/transcript',
      })
      assert.equal(none.statusCode, 404)
    }),
  )

  it(
    'finds what is said, at the moment it is said, and costs what it costs',
    sandboxed(async (repo) => {
      await anExemplaryNetwork(repo)
      await repo.run(sql`update transcript_cues set body = 'The ebb is late.' where position = 3`)
      const app = await testApp(repo)

      const { statusCode, headers, json } = await asked(app, { url: '/api/v1/search?q=ebb' })

      const { items, total } = json as {
        items: { kind: string; passages: { text: string; url: string }[] }[]
        total: number
      }
      assert.deepEqual([statusCode, total, items[0]?.kind], [200, 1, 'episode'])
      assert.equal(
        items[0]?.passages[0]?.url,
        `${PUBLIC_URL}${EPISODE.replace('/api/v1/podcasts', '').replace('/episodes', '')}#t=9`,
      )
      assert.equal(headers['ratelimit-remaining'], '295')
      const same = await asked(app, {
        url: '/api/v1/search?q=ebb',
        headers: { 'if-none-match': String(headers.etag) },
      })
      assert.equal(same.statusCode, 304)
      assert.equal((await asked(app, { url: '/api/v1/search' })).statusCode, 400)
      assert.equal((await asked(app, { url: '/api/v1/search?q=ebb&offset=1' })).statusCode, 400)
    }),
  )

  it(
    'shows nothing that is not out: no draft, nothing of a hidden show, nobody who is named nowhere',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const hidden = await aPodcast(repo, { slug: 'hidden', title: 'zzsecret', status: 'draft' })
      await anEpisode(repo, podcast, { slug: 'draft', title: 'zzsecret', published: false })
      await anEpisode(repo, podcast, {
        slug: 'to-come',
        title: 'zzsecret',
        publishedAt: '2027-01-01T00:00:00Z',
      })
      await anEpisode(repo, hidden, { slug: 'nowhere', title: 'zzsecret' })
      await repo.run(
        sql`insert into people (name, handle, email) values ('zzsecret', 'zed', 'z@example.com')`,
      )
      const app = await testApp(repo)
      const of = '/podcasts/local-time/episodes'
      const lists = ['/podcasts', '/episodes', of, '/people', '/posts', '/topics']
      const gone = [
        '/podcasts/hidden',
        '/podcasts/hidden/episodes',
        '/podcasts/hidden/episodes/nowhere',
        `${of}/draft`,
        `${of}/to-come`,
        `${of}/draft/chapters`,
        `${of}/to-come/transcript`,
        '/people/zed',
        '/people/zed/episodes',
        '/episodes?podcast=hidden',
        '/episodes?person=zed',
      ]

      for (const url of lists) {
        const { statusCode, body } = await asked(app, { url: `/api/v1${url}` })
        assert.equal(statusCode, 200, url)
        assert.doesNotMatch(body, /zzsecret|example\.com/, url)
      }
      for (const url of gone) {
        const { statusCode, body } = await asked(app, { url: `/api/v1${url}` })
        assert.equal(statusCode, 404, url)
        assert.doesNotMatch(body, /zzsecret/, url)
      }
    }),
  )

  it(
    'says what is wrong with a request, where, and what there is instead',
    sandboxed(async (repo) => {
      await anExemplaryNetwork(repo)
      const app = await testApp(repo)
      const wrong: readonly (readonly [string, number, string])[] = [
        ['/episodes?limit=0', 400, 'bad-request'],
        ['/episodes?limit=101', 400, 'bad-request'],
        ['/episodes?limit=ten', 400, 'bad-request'],
        ['/episodes?limit=1&limit=2', 400, 'bad-request'],
        ['/episodes?offset=10001', 400, 'bad-request'],
        ['/episodes?since=yesterday', 400, 'bad-request'],
        ['/episodes?since=0000-01-01T00:00:00Z', 400, 'bad-request'],
        ['/episodes?before=9999-12-31T23:59:59-10:00', 400, 'bad-request'],
        ['/episodes?type=half', 400, 'bad-request'],
        ['/episodes?feilds=title', 400, 'unknown-parameter'],
        ['/episodes?cursor=nonsense', 400, 'bad-request'],
        [
          `/episodes?cursor=${Buffer.from('["2026-01-01",99999999999]').toString('base64url')}`,
          400,
          'bad-request',
        ],
        [
          `/people?cursor=${Buffer.from('["a\\u0000",1]').toString('base64url')}`,
          400,
          'bad-request',
        ],
        [`/episodes?fields=${'a,'.repeat(400)}`, 400, 'bad-request'],
        ['/podcasts/Local%20Time', 404, 'not-found'],
        ['/podcasts/local-time%00', 404, 'not-found'],
        ['/nowhere', 404, 'not-found'],
        ['/', 404, 'not-found'],
      ]

      for (const [url, status, code] of wrong) {
        const { statusCode, headers, json } = await asked(app, { url: `/api/v1${url}` })
        assert.equal(statusCode, status, url)
        assert.match(String(headers['content-type']), /^application\/problem\+json/, url)
        assert.equal((json as { type: string }).type, `${PUBLIC_URL}/api#problem-${code}`, url)
      }
      const { json } = await asked(app, { url: '/api/v1/episodes?feilds=title' })
      assert.match(
        (json as { detail: string }).detail,
        /^feilds is not known here; there are type, since,/,
      )
      const words: readonly (readonly [string, RegExp])[] = [
        ['/episodes?limit=1&limit=2', /^limit is there several times: send it once\.$/],
        ['/episodes?limit=ten', /^limit must be a number\.$/],
        ['/episodes?limit=101', /^limit must be at most 100\.$/],
        ['/episodes?cursor=', /^cursor is empty\.$/],
        ['/episodes?type=half', /^type must be one of full, /],
        [
          '/episodes?since=2026',
          /^since is refused: it has to be a moment with its zone, as in 2026-12-/,
        ],
        ['/episodes?podcast=Local', /^podcast is refused: it may hold only lower-case letters, /],
        ['/episodes?limit=99999999999999999999', /^limit must be at most 100\.$/],
        ['/search', /^q is missing\.$/],
        ['/episodes?topic=nothing', /^topic names nothing .* there is no topic "nothing"\.$/],
        ['/news?source=nobody', /^source names nothing/],
      ]
      for (const [url, expected] of words) {
        const { json: problem, headers } = await asked(app, { url: `/api/v1${url}` })
        assert.match((problem as { detail: string }).detail, expected)
        assert.match(String(headers['access-control-expose-headers']), /Retry-After/)
      }
      const posted = await asked(app, {
        url: '/api/v1/episodes',
        method: 'POST',
        payload: { a: 1 },
      })
      assert.deepEqual([posted.statusCode, posted.headers['allow']], [405, 'GET, HEAD'])
    }),
  )

  it(
    'answers methods that nobody has with problems too',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const foreign = async (method: string, url: string) => {
        const answer = await asked(app, { url: `/api/v1${url}`, method })
        assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
        return [answer.statusCode, answer.headers['allow']]
      }

      for (const method of ['TRACE', 'PROPFIND', 'PURGE']) {
        assert.deepEqual(await foreign(method, '/podcasts/local-time?a=b'), [405, 'GET, HEAD'])
        assert.deepEqual(await foreign(method, '/desk/episodes/1/publication'), [
          405,
          'PUT, DELETE',
        ])
        assert.deepEqual(await foreign(method, '/nowhere'), [404, undefined])
        assert.deepEqual(await foreign(method, ''), [404, undefined])
      }
      const long = `/podcasts/${'a'.repeat(300)}`
      assert.deepEqual(await foreign('GET', long), [404, undefined])
    }),
  )
})
