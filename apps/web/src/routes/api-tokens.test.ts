import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo, sql } from '@showrunner/data'
import { Activity } from '@showrunner/domain/activity'
import { ApiToken } from '@showrunner/domain/api-tokens'
import { type Podcast, PodcastHost } from '@showrunner/domain/podcasts'
import { aPerson, aPodcast, sandboxed } from '@showrunner/domain/testing'
import { asked, aTokenOf } from '../testing/an-api.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { inAdmin } from '../testing/in-admin.ts'
import { signedIn } from '../testing/signed-in.ts'
import { testApp } from '../testing/test-app.ts'

async function aHost(repo: Repo, name: string, podcasts: readonly Podcast[]) {
  const person = await aPerson(repo, name)
  await repo.run(sql`update people set host = true where id = ${person.id}`)
  for (const { id: podcastId } of podcasts) {
    await repo.insertOrThrow(build(PodcastHost, { podcastId, personId: person.id }))
  }
  const app = await testApp(repo)
  const headers = await signedIn(repo, person)
  return {
    app,
    person,
    get: (url: string, cookie = '') =>
      app.inject({ url, headers: { ...headers, cookie: `${headers.cookie}; ${cookie}` } }),
    post: (url: string, form: Readonly<Record<string, string>> = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        payload: String(new URLSearchParams(form)),
      }),
  }
}

const FORM = { name: 'Release <build>', 'scope-publish': 'yes', allPodcasts: 'true', lasts: '30' }

describe('the tokens in the admin area', () => {
  it(
    'are listed for administrators, who take them back, and for nobody else',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { token, secret } = await aTokenOf(repo, 'Nell', [podcast])
      const root = await inAdmin(repo, { admin: true, name: 'Root' })
      const host = await inAdmin(repo, { hostOf: [podcast], name: 'Ben' })

      const list = await root.get('/admin/tokens')
      const desk = await root.get(`/admin/tokens/${token.id}`)

      await assertValidHtml(list.html)
      await assertValidHtml(desk.html)
      assert.match(list.html, /Nell/)
      assert.match(desk.html, new RegExp(secret.slice(-4)))
      assert.ok(!list.html.includes(secret) && !desk.html.includes(secret))
      assert.equal((await host.get('/admin/tokens')).status, 403)
      assert.equal((await host.post(`/admin/tokens/${token.id}/revoke`)).status, 403)
      assert.equal((await root.post(`/admin/tokens/${token.id}/revoke`)).status, 303)
      assert.equal(await repo.count(ApiToken), 0)
    }),
  )
})

describe('the page of somebody’s tokens', () => {
  it(
    'makes one, shows it once, and says when it was used',
    sandboxed(async (repo) => {
      const { app, get, post, person } = await aHost(repo, 'Ada', [await aPodcast(repo)])
      const empty = await get('/~/tokens')
      await assertValidHtml(empty.body)
      assert.match(empty.body, /You have no token yet\./)
      await assertValidHtml((await get('/~/tokens/new')).body)

      const sent = await post('/~/tokens', FORM)
      assert.deepEqual([sent.statusCode, sent.headers.location], [303, '/~/tokens#made'])
      const [cookie] = sent.cookies
      const once = await get(
        '/~/tokens',
        `${cookie?.name}=${encodeURIComponent(cookie?.value ?? '')}`,
      )
      const [, secret = ''] = /value="(showrunner_[\w-]{43})"/.exec(once.body) ?? []

      await assertValidHtml(once.body)
      assert.match(once.body, /Release &lt;build&gt;/)
      const answer = await asked(app, {
        url: '/api/v1/token',
        headers: { authorization: `Bearer ${secret}` },
      })
      assert.deepEqual([answer.statusCode, (answer.json as { owner: string }).owner], [200, 'ada'])
      const later = await get('/~/tokens')
      assert.ok(!later.body.includes(secret))
      assert.match(later.body, /Last used <time/)
      assert.ok(later.body.includes(`<code>${secret.slice(-4)}</code>`))
      const log = await repo.all(from(Activity).where({ personId: person.id }))
      assert.deepEqual(
        log.map(({ action, subjectType }) => [action, subjectType]),
        [['created', 'api token']],
      )
      assert.ok(!JSON.stringify(log).includes(secret))
    }),
  )

  it(
    'shows again what was typed and what is wrong with it',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const { post } = await aHost(repo, 'Ada', [podcast])

      const wrong = await post('/~/tokens', { name: '', allPodcasts: 'false', lasts: '12' })
      const chosen = await post('/~/tokens', {
        ...FORM,
        name: '',
        allPodcasts: 'false',
        [`show-${podcast.id}`]: 'yes',
      })

      assert.equal(wrong.statusCode, 422)
      await assertValidHtml(wrong.body)
      for (const field of ['name', 'scopes', 'podcasts', 'lasts']) {
        assert.match(wrong.body, new RegExp(`href="#f-${field}"`), field)
      }
      assert.match(chosen.body, new RegExp(`name="show-${podcast.id}" value="yes" checked`))
      assert.match(chosen.body, /name="scope-publish" value="yes" checked/)
      assert.equal(await repo.count(ApiToken), 0)
    }),
  )

  it(
    'takes back their own, and nobody else’s; whoever has no work has none',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const other = await aTokenOf(repo, 'Nell', [podcast])
      const { get, post } = await aHost(repo, 'Ada', [podcast])
      await post('/~/tokens', FORM)
      const own = await repo.getByOrThrow(ApiToken, { name: FORM.name })
      const member = await aHost(repo, 'Mem Ber', [])

      assert.equal((await post(`/~/tokens/${other.token.id}/revoke`)).statusCode, 404)
      assert.equal((await post(`/~/tokens/${own.id}/revoke`)).statusCode, 303)
      assert.deepEqual(
        (await repo.all(ApiToken)).map(({ id }) => id),
        [other.token.id],
      )
      assert.doesNotMatch((await get('/~/tokens')).body, /Nell/)
      assert.match(
        (await member.get('/~/tokens')).body,
        /Tokens are for those who work on a podcast/,
      )
      assert.equal((await member.get('/~/tokens/new')).statusCode, 403)
      assert.equal((await member.post('/~/tokens', FORM)).statusCode, 403)
      const nobody = await member.app.inject('/~/tokens')
      assert.deepEqual(
        [nobody.statusCode, nobody.headers.location],
        [303, '/in?next=%2F~%2Ftokens'],
      )
    }),
  )
})
