import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import {
  Comment,
  DiscussionFollow,
  FULL_AT,
  listUnwanted,
  setStanding,
  unfollowToken,
  writeComment,
} from '@showrunner/domain/comments'
import { type Person } from '@showrunner/domain/people'
import { updateSettings } from '@showrunner/domain/settings'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '@showrunner/domain/testing'
import { type FastifyInstance } from 'fastify'
import { HOSTILE } from '../testing/a-full-episode.ts'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { signedIn } from '../testing/signed-in.ts'
import { NOW, page, PUBLIC_URL, testApp } from '../testing/test-app.ts'

async function anEpisodeToDiscuss(repo: Repo) {
  const { id } = await anEpisode(repo, await aPodcast(repo), { slug: 'tides' })
  return { about: `episode-${id}`, subject: { of: 'episode', id } as const }
}

async function aWriter(repo: Repo, name: string, isTrusted = true): Promise<Person> {
  const person = await aPerson(repo, name, { email: `${name.toLowerCase()}@example.com` })
  if (isTrusted) await setStanding(repo, person.id, 'trusted', person)
  return person
}

/** Somebody who is signed in: what they get, and what they send. */
async function by(app: FastifyInstance, repo: Repo, person: Person) {
  const headers = { ...(await signedIn(repo, person)), accept: 'text/html' }
  return {
    get: async (url: string) => app.inject({ url, headers }),
    post: async (url: string, form: Readonly<Record<string, string>> = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      }),
  }
}

describe('a discussion', () => {
  it(
    'stands on the page of an episode and of a post, valid with anything said in it, and holds nothing of one visitor',
    sandboxed(async (repo) => {
      const { subject } = await anEpisodeToDiscuss(repo)
      const ada = await aPerson(repo, HOSTILE, { handle: 'hostile' })
      await setStanding(repo, ada.id, 'trusted', ada)
      const post = await aPost(repo, ada, { slug: 'a-post', publishedAt: NOW })
      for (const about of [subject, { of: 'post', id: post.id } as const]) {
        const params = { body: `${HOSTILE}\n\n> quoted\n\n- one\n- two\n\n\`\`\`\n<b>\n\`\`\`` }
        const first = await writeComment(repo, ada, { subject: about, parentId: null, params }, NOW)
        assert.ok(first.ok)
        const said = { subject: about, parentId: first.value.id, params: { body: 'Answered.' } }
        assert.ok((await writeComment(repo, ada, said, NOW)).ok)
      }

      const app = await testApp(repo)
      const theirs = await by(app, repo, ada)
      for (const url of ['/local-time/tides', '/posts/a-post']) {
        const { status, html } = await page(app, url)
        assert.equal(status, 200)
        await assertValidHtml(html)
        assert.match(html, /2 comments/)
        assert.match(html, /<a class="link" href="#discussion">2 comments</)
        assert.doesNotMatch(html, /<script>alert|<textarea id="body"/)
        assert.equal((await theirs.get(url)).body, html)
      }
    }),
  )

  it(
    'is closed once nobody would read it whole',
    sandboxed(async (repo) => {
      const { subject, about } = await anEpisodeToDiscuss(repo)
      const ada = await aWriter(repo, 'Ada')
      const rows = Array.from({ length: FULL_AT }, (_, at) => ({
        newsItemId: null,
        postId: null,
        episodeId: subject.id,
        authorId: ada.id,
        body: `No. ${at}`,
        bodyHtml: `<p>No. ${at}</p>`,
        approved: true,
      }))
      await repo.insertAll(Comment, rows, { returning: false })
      const app = await testApp(repo)
      const { html } = await page(app, '/local-time/tides')
      assert.match(html, /This discussion is closed/)
      assert.doesNotMatch(html, /discussion-desk/)
      const answer = await (await by(app, repo, ada)).post('/comments', { about, body: 'More.' })
      assert.equal(answer.statusCode, 409)
      await assertValidHtml(answer.body)
    }),
  )
})

describe('who is named in a discussion', () => {
  it(
    'is linked to their page while they have one: who wrote it, and whom it names, also in a preview',
    sandboxed(async (repo) => {
      const { about, subject } = await anEpisodeToDiscuss(repo)
      const [ada, bob] = [await aWriter(repo, 'Ada'), await aWriter(repo, 'Bob')]
      const body = 'Ask @bob, **@Ada** or `@ada`: ada@ada.example.'
      for (const person of [ada, bob]) {
        const said = { subject, parentId: null, params: { body } }
        assert.ok((await writeComment(repo, person, said, NOW)).ok)
      }
      const app = await testApp(repo)
      assert.doesNotMatch((await page(app, '/local-time/tides')).html, /"\/person\//)

      await aPost(repo, ada, { slug: 'a-post', publishedAt: NOW })
      const { html } = await page(app, '/local-time/tides')
      const linked = [...html.matchAll(/<a href="\/person\/ada">[^<]+<\/a>/g)].map(([link]) => link)
      assert.deepEqual(linked, [
        '<a href="/person/ada">Ada</a>',
        '<a href="/person/ada">@Ada</a>',
        '<a href="/person/ada">@Ada</a>',
      ])
      assert.match(html, /<code>@ada<\/code>: ada@ada\.example\./)
      assert.doesNotMatch(html, /\/person\/bob/)
      await assertValidHtml(html)

      const looked = await (
        await by(app, repo, bob)
      ).post('/comments', { about, body, preview: 'true' })
      assert.match(looked.body, /<strong><a href="\/person\/ada">@Ada<\/a><\/strong>/)
      const { id } = await repo.getByOrThrow(Comment, { authorId: ada.id })
      const one = await (await by(app, repo, bob)).get(`/comments/${id}`)
      assert.match(one.body, /<b dir="auto"><a href="\/person\/ada">Ada<\/a><\/b>/)
    }),
  )
})

describe('writing', () => {
  it(
    'leads who is not signed in to where they sign in, and back',
    sandboxed(async (repo) => {
      const { about } = await anEpisodeToDiscuss(repo)
      const app = await testApp(repo)
      const answer = await app.inject({ url: `/comments/new?about=${about}` })
      assert.equal(answer.statusCode, 303)
      assert.match(String(answer.headers.location), /^\/in\?next=%2Fcomments%2Fnew/)
      const own = await app.inject({ url: `/~/discussion?about=${about}` })
      assert.equal(own.statusCode, 204)
      const sent = await app.inject({
        method: 'POST',
        url: '/comments',
        headers: {
          origin: PUBLIC_URL,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: `about=${about}&body=x`,
      })
      assert.equal(sent.statusCode, 303)
      assert.equal(await repo.count(from(Comment)), 0)
    }),
  )

  it(
    'shows what it will look like, says what is wrong, and leads to what was said',
    sandboxed(async (repo) => {
      const { about } = await anEpisodeToDiscuss(repo)
      const app = await testApp(repo)
      const ada = await by(app, repo, await aWriter(repo, 'Ada'))

      const form = await ada.get(`/comments/new?about=${about}`)
      assert.match(String(form.headers['cache-control']), /no-store/)
      await assertValidHtml(form.body)

      const looked = await ada.post('/comments', { about, body: 'So **it** is.', preview: 'true' })
      assert.match(looked.body, /So <strong>it<\/strong> is\./)
      await assertValidHtml(looked.body)
      const refused = await ada.post('/comments', { about, body: ' ' })
      assert.equal(refused.statusCode, 422)
      assert.match(refused.body, /Your comment can’t be blank|Your comment can&#39;t be blank/)
      await assertValidHtml(refused.body)
      assert.equal(await repo.count(from(Comment)), 0)

      const sent = await ada.post('/comments', { about, body: 'So **it** is.' })
      const { id } = await repo.oneOrThrow(from(Comment))
      assert.equal(sent.headers.location, `/local-time/tides#comment-${id}`)
      assert.match((await page(app, '/local-time/tides')).html, /So <strong>it<\/strong> is\./)
      const desk = await ada.get(`/~/discussion?about=${about}`)
      assert.match(desk.body, new RegExp(`href="/comments/${id}"`))
      assert.match(String(desk.headers['cache-control']), /no-store/)

      for (const nowhere of ['episode-999', 'person-1', '', 'news-1']) {
        const answer = await ada.post('/comments', { about: nowhere, body: 'x' })
        assert.equal(answer.statusCode, 404, nowhere)
      }
    }),
  )

  it(
    'of somebody new waits, where only they see it',
    sandboxed(async (repo) => {
      const { about } = await anEpisodeToDiscuss(repo)
      const app = await testApp(repo)
      const bob = await by(app, repo, await aWriter(repo, 'Bob', false))
      const eve = await by(app, repo, await aWriter(repo, 'Eve'))

      const sent = await bob.post('/comments', { about, body: 'Hello there.' })
      const url = String(sent.headers.location)
      assert.match(url, /^\/comments\/\d+$/)
      const own = await bob.get(url)
      assert.match(own.body, /It waits until somebody/)
      await assertValidHtml(own.body)
      assert.equal((await eve.get(url)).statusCode, 404)
      assert.doesNotMatch((await page(app, '/local-time/tides')).html, /Hello there/)
    }),
  )

  it(
    'is changed and taken away by who wrote it and by nobody else',
    sandboxed(async (repo) => {
      const { about, subject } = await anEpisodeToDiscuss(repo)
      const person = await aWriter(repo, 'Ada')
      const said = { subject, parentId: null, params: { body: 'Frist.' } }
      const written = await writeComment(repo, person, said, NOW)
      assert.ok(written.ok)
      const { id, insertedAt } = written.value
      const app = await testApp(repo, { clock: () => new Date(insertedAt.getTime() + 60_000) })
      const [ada, eve] = [
        await by(app, repo, person),
        await by(app, repo, await aWriter(repo, 'Eve')),
      ]

      assert.equal((await eve.get(`/comments/${id}`)).statusCode, 200)
      assert.equal((await eve.get(`/comments/${id}/edit`)).statusCode, 404)
      assert.equal((await eve.post(`/comments/${id}/edit`, { body: 'Mine.' })).statusCode, 404)
      assert.equal((await eve.post(`/comments/${id}/delete`)).statusCode, 404)

      await assertValidHtml((await ada.get(`/comments/${id}/edit`)).body)
      assert.equal((await ada.post(`/comments/${id}/edit`, { body: '' })).statusCode, 422)
      assert.equal((await ada.post(`/comments/${id}/edit`, { body: 'First.' })).statusCode, 303)
      assert.equal((await repo.getOrThrow(Comment, id)).body, 'First.')
      const late = await testApp(repo, { clock: () => new Date(insertedAt.getTime() + 600_000) })
      const then = await by(late, repo, person)
      assert.equal((await then.post(`/comments/${id}/edit`, { body: 'Late.' })).statusCode, 409)

      assert.equal((await ada.post(`/comments/${id}/delete`)).statusCode, 303)
      assert.equal((await repo.getOrThrow(Comment, id)).body, '')
      assert.doesNotMatch((await page(app, '/local-time/tides')).html, /First\./)
      assert.equal(
        (await ada.post('/comments', { about, parent: String(id), body: 'x' })).statusCode,
        409,
      )
    }),
  )
})

describe('mails of a discussion', () => {
  it(
    'begin and end on its page, and end by the link of a mail without a session',
    sandboxed(async (repo) => {
      const { about } = await anEpisodeToDiscuss(repo)
      const app = await testApp(repo)
      const person = await aWriter(repo, 'Ada')
      const ada = await by(app, repo, person)
      const follow = async () => repo.getByOrThrow(DiscussionFollow, { personId: person.id })

      await ada.post('/comments/follow', { about, on: 'true' })
      assert.equal((await follow()).unsubscribedAt, null)
      await ada.post('/comments/follow', { about, on: 'false' })
      assert.deepEqual((await follow()).unsubscribedAt, NOW)
      await ada.post('/comments/follow', { about, on: 'true' })

      const url = `/unfollow/${await unfollowToken(repo, await follow())}`
      const asked = await app.inject({ url })
      await assertValidHtml(asked.body)
      assert.equal((await follow()).unsubscribedAt, null)
      const oneClick = await app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      })
      assert.equal(oneClick.statusCode, 200)
      await assertValidHtml(oneClick.body)
      assert.deepEqual((await follow()).unsubscribedAt, NOW)
      await app.inject({ method: 'POST', url: `${url}/undo` })
      assert.equal((await follow()).unsubscribedAt, null)

      for (const unknown of [`${url}x`, `${url}x/reply`]) {
        const other = await app.inject({ url: unknown })
        assert.equal(other.statusCode, 404)
        await assertValidHtml(other.body)
      }
    }),
  )

  it(
    'end by their kind, with one click, that kind and no other; and are as they were before when it was a mistake',
    sandboxed(async (repo) => {
      const { about } = await anEpisodeToDiscuss(repo)
      const app = await testApp(repo)
      const person = await aWriter(repo, 'Ada')
      await (await by(app, repo, person)).post('/comments/follow', { about, on: 'true' })
      const follow = async () => repo.getByOrThrow(DiscussionFollow, { personId: person.id })
      const url = `/unfollow/${await unfollowToken(repo, await follow())}`
      const unwanted = async () => [...(await listUnwanted(repo, person.id))].toSorted()
      const post = async (to: string) => {
        const answer = await app.inject({
          method: 'POST',
          url: `${url}/${to}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: 'List-Unsubscribe=One-Click',
        })
        assert.equal(answer.statusCode, 200)
        await assertValidHtml(answer.body)
        return answer.body
      }

      for (const why of ['reply', 'mention', 'discussion']) {
        await assertValidHtml((await app.inject({ url: `${url}/${why}` })).body)
        assert.deepEqual(await unwanted(), [])
        assert.match(await post(why), /We do not mail you any more/)
        assert.deepEqual(await unwanted(), [why])
        assert.match(await post(`${why}/undo`), /Shall we mail you no more/)
        assert.deepEqual(await unwanted(), [])
      }
      assert.match(await post('all'), /of comments any more/)
      assert.deepEqual(await unwanted(), ['discussion', 'mention', 'reply'])
      assert.equal((await follow()).unsubscribedAt, null)
      assert.equal((await app.inject({ url: `${url}/other` })).statusCode, 404)

      const desk = await (await by(app, repo, person)).get(`/~/discussion?about=${about}`)
      assert.match(desk.body, /No mails come: .*<a class="link" href="\/~\/subscriptions#comments"/)
    }),
  )

  it(
    'are switched on the page of what they are mailed, each by itself, also in German',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const person = await aWriter(repo, 'Ada')
      const ada = await by(app, repo, person)
      const states = async () =>
        [...(await ada.get('/~/subscriptions')).body.matchAll(/aria-checked="(\w+)"/g)].map(
          ([, isOn]) => isOn,
        )
      assert.deepEqual(await states(), ['true', 'true', 'true'])

      const sent = await ada.post('/~/subscriptions/comments', { why: 'mention', on: 'false' })
      assert.equal(sent.headers.location, '/~/subscriptions#comments')
      assert.deepEqual([...(await listUnwanted(repo, person.id))], ['mention'])
      assert.deepEqual(await states(), ['true', 'false', 'true'])
      await ada.post('/~/subscriptions/comments', { why: 'mention', on: 'true' })
      assert.deepEqual(await states(), ['true', 'true', 'true'])
      const refused = await ada.post('/~/subscriptions/comments', { why: 'sign-in', on: 'false' })
      assert.equal(refused.statusCode, 400)

      await updateSettings(repo, { language: 'de' })
      const german = await by(await testApp(repo), repo, person)
      const { body } = await german.get('/~/subscriptions')
      assert.match(body, /Antworten an dich.*Kommentare, die dich nennen.*Gespräche, denen du/s)
      await assertValidHtml(body)
    }),
  )
})
