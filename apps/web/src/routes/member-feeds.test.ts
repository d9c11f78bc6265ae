import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change, from, type Repo } from '@showrunner/data'
import { findSession, startMasquerade, startSession } from '@showrunner/domain/accounts'
import * as memberFeeds from '@showrunner/domain/member-feeds'
import { type Person } from '@showrunner/domain/people'
import {
  aMember,
  anEpisode,
  aPerson,
  aPodcast,
  endMembership,
  sandboxed,
} from '@showrunner/domain/testing'
import { type FastifyInstance } from 'fastify'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { HERE, signedIn } from '../testing/signed-in.ts'
import { NOW, testApp } from '../testing/test-app.ts'

const { MemberFeed } = memberFeeds
const ADDRESS = /https:\/\/radio\.example\/members\/([\w-]{22})\/feed/

async function browser(repo: Repo, app: FastifyInstance, person: Person) {
  const headers = { ...(await signedIn(repo, person)), accept: 'text/html' }
  const cookies = new Map<string, string>()
  const cookie = () =>
    [headers.cookie, ...Array.from(cookies, ([name, value]) => `${name}=${value}`)].join('; ')
  const ask = async (method: 'GET' | 'POST', url: string, form: Record<string, string> = {}) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        ...headers,
        cookie: cookie(),
        ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(method === 'POST' && { payload: new URLSearchParams(form).toString() }),
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    get: (url: string) => ask('GET', url),
    post: (url: string, form?: Record<string, string>) => ask('POST', url, form),
  }
}

const MINE = {
  name: 'Mine',
  titleFormat: '',
  startsOn: '',
  allPodcasts: 'true',
  membersAudio: 'true',
}

async function made(repo: Repo, person: Person, name = 'Mine') {
  const saved = await memberFeeds.createMemberFeed(repo, person, { name }, NOW)
  if (!saved.ok) throw new Error('the fixture is refused')
  return saved
}

describe('the page of a member’s feeds', () => {
  it(
    'makes a feed, shows its address once, changes it, and removes it',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      await anEpisode(repo, podcast, { slug: 'noon' })
      const app = await testApp(repo)
      const { get, post } = await browser(repo, app, await aMember(repo, 'Ada'))

      await assertValidHtml((await get('/~/feeds')).body)
      await assertValidHtml((await get('/~/feeds/new')).body)
      const answer = await post('/~/feeds', MINE)
      assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/~/feeds#made'])
      const first = await get('/~/feeds')
      const second = await get('/~/feeds')

      const [url = '', token = ''] = ADDRESS.exec(first.body) ?? []
      assert.equal(first.headers['cache-control'], 'no-store')
      await assertValidHtml(first.body)
      assert.match(first.body, new RegExp(`podcast://radio.example/members/${token}/feed`))
      assert.doesNotMatch(second.body, ADDRESS)
      assert.equal((await app.inject(url.replace('https://radio.example', ''))).statusCode, 200)

      const [feed] = await repo.all(MemberFeed)
      const edit = `/~/feeds/${feed?.id}/edit`
      const chosen = { ...MINE, name: 'Later', allPodcasts: 'false', [`show-${podcast.id}`]: 'yes' }
      assert.equal((await post(edit, chosen)).statusCode, 303)
      const form = await get(edit)
      await assertValidHtml(form.body)
      assert.match(form.body, new RegExp(`name="show-${podcast.id}" value="yes" checked`))
      assert.match((await get('/~/feeds')).body, /1 show, with the recordings for members/)

      await post(`/~/feeds/${feed?.id}/rotate`)
      const rotated = ADDRESS.exec((await get('/~/feeds')).body)?.[1]
      assert.notEqual(rotated, token)
      assert.equal((await app.inject(`/members/${token}/feed`)).statusCode, 404)
      assert.equal((await app.inject(`/members/${rotated}/feed`)).statusCode, 200)

      await post(`/~/feeds/${feed?.id}/delete`)
      assert.equal(await repo.count(MemberFeed), 0)
    }),
  )

  it(
    'shows again what was typed and cannot be saved',
    sandboxed(async (repo) => {
      await aPodcast(repo)
      const app = await testApp(repo)
      const { post } = await browser(repo, app, await aMember(repo, 'Ada'))

      const answer = await post('/~/feeds', {
        ...MINE,
        titleFormat: '{guest}',
        allPodcasts: 'false',
      })

      assert.equal(answer.statusCode, 422)
      await assertValidHtml(answer.body)
      assert.match(answer.body, /value="\{guest\}"/)
      assert.match(answer.body, /The shows must be all of them, or at least one/)
      assert.equal(await repo.count(MemberFeed), 0)
    }),
  )

  it(
    'gives nobody the feed of somebody else, by its number or by a field of a form',
    sandboxed(async (repo) => {
      const [ada, grace] = [await aMember(repo, 'Ada'), await aMember(repo, 'Grace')]
      const root = await repo.updateOrThrow(change(await aPerson(repo, 'Root'), { admin: true }))
      const { value: feed } = await made(repo, ada)
      const app = await testApp(repo)

      for (const [person, status] of [
        [grace, 404],
        [root, 403],
      ] as const) {
        const { get, post } = await browser(repo, app, person)
        const at = `/~/feeds/${feed.id}`
        assert.equal((await get(`${at}/edit`)).statusCode, status)
        assert.equal((await post(`${at}/edit`, { ...MINE, name: 'Stolen' })).statusCode, status)
        assert.equal((await post(`${at}/rotate`)).statusCode, status)
        assert.equal((await post(`${at}/delete`)).statusCode, status)
        assert.doesNotMatch((await get('/~/feeds')).body, /Mine/)
      }
      const { post } = await browser(repo, app, grace)
      await post('/~/feeds', { ...MINE, personId: String(ada.id), person_id: String(ada.id) })

      const owners = await repo.all(from(MemberFeed).orderBy({ id: 'asc' }))
      assert.deepEqual(
        owners.map(({ personId, name }) => [personId, name]),
        [
          [ada.id, 'Mine'],
          [grace.id, 'Mine'],
        ],
      )
      const after = await repo.getOrThrow(MemberFeed, feed.id)
      assert.equal(after.tokenHash, feed.tokenHash)
    }),
  )

  it(
    'explains itself to who is no member, and makes nothing for them',
    sandboxed(async (repo) => {
      const gone = await aMember(repo, 'Ada')
      await made(repo, gone)
      await endMembership(repo, gone, NOW)
      const app = await testApp(repo, { membershipUrl: 'https://radio.memberful.example' })

      for (const person of [gone, await aPerson(repo, 'Visitor')]) {
        const { get, post } = await browser(repo, app, person)
        const shown = await get('/~/feeds')
        await assertValidHtml(shown.body)
        assert.match(shown.body, /href="https:\/\/radio\.memberful\.example"/)
        assert.equal((await get('/~/feeds/new')).statusCode, 403)
        assert.equal((await post('/~/feeds', MINE)).statusCode, 403)
      }
      assert.equal(await repo.count(MemberFeed), 1)
      assert.match((await app.inject('/~/feeds')).headers.location ?? '', /^\/in\?next=/)
    }),
  )

  it(
    'tells an administrator who acts in a member’s name no address',
    sandboxed(async (repo) => {
      const root = await repo.updateOrThrow(change(await aPerson(repo, 'Root'), { admin: true }))
      const ada = await aMember(repo, 'Ada')
      const { value: feed } = await made(repo, ada)
      const app = await testApp(repo)
      const { token } = await masquerading(repo, root, ada)
      const headers = { ...HERE, cookie: `showrunner_session=${token}` }
      const urls = [`/~/feeds/${feed.id}/rotate`, '/~/feeds', `/~/feeds/${feed.id}/delete`]

      for (const url of urls) {
        assert.equal((await app.inject({ method: 'POST', url, headers })).statusCode, 403, url)
      }
      const { body } = await app.inject({ url: '/~/feeds', headers })
      assert.match(body, /Mine/)
      await assertValidHtml(body)
      assert.equal((await repo.getOrThrow(MemberFeed, feed.id)).tokenHash, feed.tokenHash)
    }),
  )
})

async function masquerading(repo: Repo, root: Person, ada: Person) {
  const { token } = await startSession(repo, root, { userAgent: 'x' }, NOW)
  const session = await findSession(repo, token, NOW)
  if (!session) throw new Error('the session has not begun')
  await startMasquerade(repo, session, ada, NOW)
  return { token }
}
