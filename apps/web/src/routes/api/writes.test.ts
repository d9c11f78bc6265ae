import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { mp3Frames } from '@showrunner/audio/testing'
import { from, sql } from '@showrunner/data'
import { Activity } from '@showrunner/domain/activity'
import { Episode } from '@showrunner/domain/episodes'
import { aPodcast, sandboxed } from '@showrunner/domain/testing'
import { Upload } from '@showrunner/domain/uploads'
import { CI_FLOW, type Step } from '../../api/ci-flow.ts'
import { WRITES } from '../../api/operations.ts'
import { methodOf } from '../../api/openapi.ts'
import { aDraft, anApi } from '../../testing/an-api-at-work.ts'
import { anExemplaryNetwork, asked, aTokenOf } from '../../testing/an-api.ts'
import { signedIn } from '../../testing/signed-in.ts'
import { NOW, testApp } from '../../testing/test-app.ts'

const SOUND = mp3Frames(Array.from({ length: 160 }, () => 128))
const WORDS =
  'WEBVTT\n\n00:00.000 --> 00:01.500\n<v Maud>Who lights it?\n\n00:01.500 --> 00:03.000\n<v Ada>By which clock?\n'

describe('a program with a token', () => {
  it(
    'makes an episode, uploads it and publishes it, as the documentation shows: its page and its feed have it',
    sandboxed(async (repo) => {
      const { podcast } = await anExemplaryNetwork(repo)
      const { app, as, perform } = await anApi(repo)
      const { secret, person } = await aTokenOf(repo, 'Nell', [podcast])
      const send = as(secret)
      const files: Readonly<Record<string, Buffer>> = {
        'the-lamp.mp3': Buffer.from(SOUND),
        'the-lamp.vtt': Buffer.from(WORDS),
      }
      const known = new Map<string, string>()
      const perStep = new Map<string, unknown>()

      const run = async ({ operation, method, path, headers, json, file, keeps }: Step) => {
        const at = path.replaceAll(/\$([A-Z]+)/g, (_all, name: string) => known.get(name) ?? '')
        const payload = file === undefined ? json : files[file]
        const answer = await send({
          path: at,
          method,
          ...(headers && { headers: { ...headers } }),
          ...(payload && { payload }),
        })
        assert.ok(answer.statusCode < 300, `${method} ${at}: ${answer.body}`)
        assert.equal(answer.operation?.id, operation)
        if (keeps) known.set(keeps.name, String(Reflect.get(answer.json, keeps.field)))
        if (operation === 'putAudio') await perform()
        perStep.set(operation, answer.json)
      }
      const published = CI_FLOW.findIndex(({ operation }) => operation === 'publishEpisode') + 1
      for (const step of CI_FLOW.slice(0, published)) await run(step)

      assert.equal((perStep.get('getUpload') as { state: string }).state, 'taken')
      const page = await app.inject('/local-time/the-lamp-on-the-breakwater')
      assert.equal(page.statusCode, 200)
      assert.match(page.body, /Who lights it/)
      const feed = await app.inject('/local-time/feed')
      assert.match(feed.body, /<title>The lamp on the breakwater<\/title>/)
      assert.match(feed.body, /the-lamp-on-the-breakwater/)
      const { json } = await asked(app, {
        url: '/api/v1/podcasts/local-time/episodes/the-lamp-on-the-breakwater',
      })
      const { audio, chapters, people, topics } = json as {
        audio: { durationSeconds: number }
        chapters: readonly { title: string }[]
        people: readonly { handle: string; part: string }[]
        topics: readonly { slug: string }[]
      }
      assert.equal(audio.durationSeconds, 4)
      assert.deepEqual(
        chapters.map(({ title }) => title),
        ['The breakwater', 'The lamp'],
      )
      assert.ok(people.some(({ handle, part }) => handle === 'maud-ferrier' && part === 'guest'))
      assert.ok(topics.some(({ slug }) => slug === 'tides'))

      for (const step of CI_FLOW.slice(published)) await run(step)
      // Who had it is told that it is gone.
      assert.equal((await app.inject('/local-time/the-lamp-on-the-breakwater')).statusCode, 410)
      const log = await repo.all(
        from(Activity).where({ personId: person.id }).orderBy({ id: 'asc' }),
      )
      assert.ok(log.length >= 5)
      assert.deepEqual([...new Set(log.map(({ via }) => via))], ['the API, with “CI”'])
    }),
  )

  it('is shown each thing it may do', () => {
    const shown = new Set(CI_FLOW.map(({ operation }) => operation))
    assert.deepEqual(
      WRITES.filter(({ id }) => !shown.has(id)).map(({ id }) => id),
      [],
    )
  })

  it(
    'makes one draft for a key, however often it asks, and none that is refused',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { as } = await anApi(repo)
      const { secret } = await aTokenOf(repo, 'Nell', [podcast])
      const ask = (payload: object, key = 'build-1') =>
        as(secret)({
          path: '/podcasts/local-time/episodes',
          method: 'POST',
          headers: { 'idempotency-key': key },
          payload,
        })

      const first = await ask({ title: 'Lamp' })
      const again = await ask({ title: 'Lamp' })
      const other = await ask({ title: 'Another' })
      const wrong = await ask({ title: 'Lamp', guests: ['nobody-here'] }, 'build-2')
      const twice = await ask({ title: 'Lamp', slug: 'lamp' }, 'build-3')

      assert.deepEqual([first.statusCode, again.statusCode, other.statusCode], [201, 200, 409])
      assert.equal(again.headers['idempotent-replayed'], 'true')
      assert.equal(first.headers['location'], (first.json as { apiUrl: string }).apiUrl)
      assert.equal(Reflect.get(first.json, 'id'), Reflect.get(again.json, 'id'))
      assert.equal(wrong.statusCode, 422)
      assert.match(wrong.body, /"name":"guests\.0","detail":"is nobody here: send the handle/)
      assert.equal(twice.statusCode, 422)
      assert.match(twice.body, /"name":"slug"/)
      assert.equal(await repo.count(Episode), 1)
    }),
  )

  it(
    'changes a version that it has seen, and no other',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { as } = await anApi(repo)
      const { secret } = await aTokenOf(repo, 'Nell', [podcast])
      const send = as(secret)
      const { id } = await aDraft(send)
      const path = `/desk/episodes/${id}`
      const { headers } = await send({ path })
      const patch = (etag: string, payload: object) =>
        send({ path, method: 'PATCH', headers: { 'if-match': etag }, payload })

      const mine = await patch(String(headers.etag), { title: 'One' })
      const late = await patch(String(headers.etag), { title: 'Two' })
      const nonsense = await patch('W/"x"', { title: 'Two' })
      const wrong = await send({ path, method: 'PATCH', payload: { title: '', titel: 'x' } })
      const blank = await send({ path, method: 'PATCH', payload: { title: '' } })

      assert.deepEqual([mine.statusCode, late.statusCode, nonsense.statusCode], [200, 412, 400])
      assert.notEqual(mine.headers.etag, headers.etag)
      assert.deepEqual([wrong.statusCode, blank.statusCode], [422, 422])
      assert.match(wrong.body, /titel is not known here; there are title, slug,/)
      assert.match(blank.body, /"name":"title","detail":"can't be blank"/)
      assert.equal((await repo.getOrThrow(Episode, id)).title, 'One')
    }),
  )

  it(
    'is told what an episode lacks, schedules it, and cannot publish what is out',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { as } = await anApi(repo)
      const send = as((await aTokenOf(repo, 'Nell', [podcast])).secret)
      const { id } = await aDraft(send)
      const path = `/desk/episodes/${id}/publication`
      const publish = (payload: object = {}) => send({ path, method: 'PUT', payload })

      const silent = await publish()
      await repo.run(
        sql`update episodes set audio_url = '/uploads/a.mp3', audio_type = 'audio/mpeg', audio_bytes = 9, audio_duration = 9`,
      )
      const json = { 'content-type': 'application/json' }
      const nothing = [
        await send({ path, method: 'PUT' }),
        await send({ path, method: 'PUT', headers: json, payload: '' }),
        await send({ path, method: 'PUT', headers: json, payload: ' \n' }),
      ]
      const nil = await send({ path, method: 'PUT', headers: json, payload: 'null' })
      const tooFar = await publish({ at: '9999-12-31T23:59:59-10:00' })
      const before = await repo.getOrThrow(Episode, id)
      const scheduled = await publish({ at: '2026-12-24T18:00:00+01:00' })
      const out = await publish()
      const again = await publish()
      const ahead = await publish({ at: '2027-01-01T00:00:00Z' })

      assert.equal(silent.statusCode, 422)
      assert.match(
        silent.body,
        /#problem-not-ready.*"name":"audio","detail":"There is nothing to hear yet\."/,
      )
      for (const { statusCode, body } of nothing) {
        assert.equal(statusCode, 422)
        assert.match(body, /The body is missing: send \{\} to publish it at once, or \{\\"at\\": /)
      }
      assert.equal(nil.statusCode, 422)
      assert.match(nil.body, /The body must be an object/)
      assert.equal(tooFar.statusCode, 422)
      assert.match(
        tooFar.body,
        /"at","detail":"is refused: in UTC it has to be of a year from 0001/,
      )
      assert.equal(before.published, false)
      assert.equal((scheduled.json as { stage: string }).stage, 'scheduled')
      assert.equal(
        (scheduled.json as { publishedAt: string }).publishedAt,
        '2026-12-24T17:00:00.000Z',
      )
      assert.equal((out.json as { stage: string }).stage, 'published')
      assert.deepEqual([again.statusCode, ahead.statusCode], [409, 409])
    }),
  )

  it(
    'uploads sound and nothing else, and nothing is left of what is refused',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { as, perform } = await anApi(repo)
      const send = as((await aTokenOf(repo, 'Nell', [podcast])).secret)
      const { id } = await aDraft(send)
      const put = (payload: Buffer | string, headers = {}) =>
        send({
          path: `/desk/episodes/${id}/audio`,
          method: 'PUT',
          headers: { 'content-type': 'audio/mpeg', ...headers },
          payload,
        })

      const text = await put('I am no sound. '.repeat(1000))
      const empty = await put('')
      const large = await put('x', { 'content-length': '3000000000' })
      const json = await put(Buffer.from(SOUND), { 'content-type': 'application/json' })

      assert.deepEqual([text.statusCode, empty.statusCode, large.statusCode], [415, 422, 413])
      assert.match(text.body, /Choose a sound file/)
      assert.equal(json.statusCode, 202)
      const states = (await repo.all(from(Upload).orderBy({ id: 'asc' }))).map(({ state }) => state)
      assert.deepEqual(states.slice(0, 1), ['refused'])
      assert.ok(!states.slice(0, -1).includes('receiving'))
      await perform()
      const location = String(json.headers['location']).replace(/^.*\/api\/v1/, '')
      const taken = await send({ path: location })
      assert.equal((taken.json as { state: string }).state, 'taken')
      assert.equal((await repo.getOrThrow(Episode, id)).audioDuration, 4)
    }),
  )

  it(
    'is told of chapters that make no sense, and keeps what was there',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { as } = await anApi(repo)
      const send = as((await aTokenOf(repo, 'Nell', [podcast])).secret)
      const { id } = await aDraft(send)
      const chapters = (list: readonly object[]) =>
        send({ path: `/desk/episodes/${id}/chapters`, method: 'PUT', payload: { chapters: list } })
      assert.equal(
        (
          await chapters([
            { startSeconds: 0, title: 'A' },
            { startSeconds: 61.25, title: 'B' },
          ])
        ).statusCode,
        200,
      )
      const wrong = await chapters([
        { startSeconds: 5, endSeconds: 2, title: 'A' },
        { startSeconds: 9 },
      ])
      const fewer = await chapters([{ startSeconds: 3, title: 'C' }])
      assert.equal(wrong.statusCode, 422)
      assert.match(wrong.body, /"name":"chapters\.0\.endSeconds"/)
      assert.match(wrong.body, /"name":"chapters\.1\.title"/)
      assert.equal((fewer.json as { chapterCount: number }).chapterCount, 1)
    }),
  )
})

describe('a token', () => {
  it(
    'is told with each answer how much of its allowance is left, whatever is asked and refused',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { as } = await anApi(repo)
      const send = as((await aTokenOf(repo, 'Nell', [podcast])).secret)
      const left = ({ headers }: Awaited<ReturnType<typeof send>>) =>
        ['limit', 'remaining', 'reset'].map((name) => Number(headers[`ratelimit-${name}`]))

      const path = '/podcasts/local-time/episodes'
      const made = await send({ path, method: 'POST', payload: { title: 'One' } })
      const refused = await send({ path, method: 'POST', payload: { titel: 'One' } })
      const missing = await send({ path: '/desk/episodes/999999' })
      await repo.run(sql`update rate_limits set free_at = free_at + interval '1 minute'`)
      const stopped = await send({ path: '/token' })

      assert.deepEqual([made.statusCode, ...left(made)], [201, 120, 119, 1])
      assert.deepEqual([refused.statusCode, ...left(refused)], [422, 120, 118, 1])
      assert.deepEqual([missing.statusCode, ...left(missing)], [404, 120, 117, 2])
      assert.deepEqual([stopped.statusCode, ...left(stopped)], [429, 120, 0, 62])
      assert.equal(stopped.headers['retry-after'], '2')
    }),
  )

  it(
    'may what its scopes say, and is told which one is missing',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { as } = await anApi(repo)
      const writer = as(
        (await aTokenOf(repo, 'Nell', [podcast], { scopes: ['episodes:write'] })).secret,
      )
      const publisher = as(
        (await aTokenOf(repo, 'Yusuf', [podcast], { scopes: ['publish'] })).secret,
      )
      const { id } = await aDraft(writer)

      const publish = await writer({
        path: `/desk/episodes/${id}/publication`,
        method: 'PUT',
        payload: {},
      })
      const upload = await writer({
        path: `/desk/episodes/${id}/audio`,
        method: 'PUT',
        payload: Buffer.from(SOUND),
        headers: { 'content-type': 'audio/mpeg' },
      })
      const make = await publisher({
        path: '/podcasts/local-time/episodes',
        method: 'POST',
        payload: { title: 'x' },
      })

      assert.deepEqual([publish.statusCode, upload.statusCode, make.statusCode], [403, 403, 403])
      assert.match(publish.body, /needs the scope publish, and has episodes:write/)
      assert.match(
        String(publish.headers['www-authenticate']),
        /insufficient_scope.*scope="publish"/,
      )
      assert.equal((await publisher({ path: `/desk/episodes/${id}` })).statusCode, 200)
    }),
  )

  it(
    'opens nothing when it is wrong, over, taken back, or a cookie; and who guesses is stopped',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { app, as } = await anApi(repo)
      const { secret, token, person } = await aTokenOf(repo, 'Nell', [podcast])
      const status = async (headers: Readonly<Record<string, string>>) =>
        (await asked(app, { url: '/api/v1/token', headers })).statusCode

      assert.equal(await status({ authorization: `Bearer ${secret}` }), 200)
      assert.equal(await status({ authorization: `bearer  ${secret}` }), 200)
      const heads = ['/token', '/desk/episodes/1/audio', '/nowhere'].map(async (path) => {
        const { statusCode, headers } = await app.inject({ method: 'HEAD', url: `/api/v1${path}` })
        assert.match(String(headers['content-type']), /^application\/problem\+json/)
        return statusCode
      })
      assert.deepEqual(await Promise.all(heads), [401, 405, 404])
      assert.equal(await status({}), 401)
      assert.equal(await status({ authorization: `Basic ${secret}` }), 401)
      assert.equal(await status({ authorization: `Bearer ${secret.slice(0, -1)}` }), 401)
      assert.equal(await status(await signedIn(repo, person)), 401)
      await repo.run(sql`update api_tokens set expires_at = ${NOW.toISOString()}::timestamptz`)
      assert.equal(await status({ authorization: `Bearer ${secret}` }), 401)
      await repo.deleteOrThrow(token)
      const gone = await as(secret)({ path: '/token' })
      assert.equal(gone.statusCode, 401)
      assert.match(String(gone.headers['www-authenticate']), /^Bearer .*error="invalid_token"$/)
      for (let count = 0; count < 30; count += 1)
        await status({ authorization: `Bearer ${'x'.repeat(43)}` })
      assert.equal(await status({ authorization: `Bearer ${'x'.repeat(43)}` }), 429)
    }),
  )

  it(
    'reaches nothing of another show, and no more than its own podcasts: whatever is asked, it is not there',
    sandboxed(async (repo) => {
      const own = await aPodcast(repo)
      const other = await aPodcast(repo, { slug: 'other-time', title: 'Other Time' })
      const { as } = await anApi(repo)
      const eve = as((await aTokenOf(repo, 'Eve', [other])).secret)
      const both = await aTokenOf(repo, 'Nell', [own, other])
      const narrow = as(
        (await aTokenOf(repo, 'Yusuf', [own, other], { podcasts: [other.id] })).secret,
      )
      const { id } = await aDraft(as(both.secret), { title: 'zzsecret' })
      const audio = await as(both.secret)({
        path: `/desk/episodes/${id}/audio`,
        method: 'PUT',
        headers: { 'content-type': 'audio/mpeg' },
        payload: Buffer.from(SOUND),
      })
      const before = await repo.run(sql`select * from episodes`)
      const uploadId = Reflect.get(audio.json, 'id') as number

      for (const send of [eve, narrow]) {
        for (const operation of WRITES.filter(({ path }) => path !== '/token')) {
          const path = operation.path
            .replace('{podcast}', 'local-time')
            .replace('{id}', String(operation.id === 'getUpload' ? uploadId : id))
          const payload = operation.raw ? Buffer.from(SOUND) : { title: 'Mine now', chapters: [] }
          const body = operation.id === 'updateEpisode' ? { title: 'Mine now' } : payload
          const sent =
            operation.id === 'publishEpisode'
              ? {}
              : operation.id === 'putChapters'
                ? { chapters: [] }
                : operation.id === 'createEpisode'
                  ? { title: 'Mine now' }
                  : body
          const method = methodOf(operation)
          const { statusCode, body: said } = await send({
            path,
            method,
            ...(method !== 'GET' &&
              method !== 'DELETE' && {
                payload: sent,
                headers: { 'content-type': operation.raw ? 'audio/mpeg' : 'application/json' },
              }),
          })
          assert.equal(statusCode, 404, `${operation.id}: ${said}`)
          assert.doesNotMatch(said, /zzsecret/)
        }
      }
      assert.deepEqual(await repo.run(sql`select * from episodes`), before)
    }),
  )

  it(
    'is in no log, and whatever is sent that is none is refused as a problem',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { secret } = await aTokenOf(repo, 'Nell', [podcast])
      const lines: string[] = []
      const logger = { level: 'trace', stream: { write: (line: string) => lines.push(line) } }
      const app = await testApp(repo, { logger })
      const authorization = `Bearer ${secret}`

      await asked(app, { url: '/api/v1/token', headers: { authorization } })
      const broken = await asked(app, {
        url: '/api/v1/podcasts/local-time/episodes',
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        payload: '{"title":',
      })
      const form = await asked(app, {
        url: '/api/v1/podcasts/local-time/episodes',
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'title=x',
      })
      const elsewhere = await asked(app, {
        url: '/api/v1/podcasts/local-time/episodes',
        method: 'POST',
        headers: { authorization, 'sec-fetch-site': 'cross-site' },
        payload: { title: randomUUID() },
      })

      assert.deepEqual([broken.statusCode, form.statusCode, elsewhere.statusCode], [400, 415, 403])
      assert.match(broken.body, /The body is no JSON: /)
      assert.match(
        form.body,
        /The Content-Type is application\/x-www-form-urlencoded, which is not taken here: send one of application\/json,/,
      )
      assert.ok(lines.length > 0)
      assert.ok(!lines.join('').includes(secret))
      assert.equal(await repo.count(Episode), 0)
    }),
  )
})
