import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { Person } from '@showrunner/domain/people'
import { getPost, Post } from '@showrunner/domain/posts'
import { PostPreviewLink } from '@showrunner/domain/publishing'
import { aPerson, aPost, sandboxed } from '@showrunner/domain/testing'
import { createTopic } from '@showrunner/domain/topics'
import { HOSTILE } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const MINUTE_MS = 60_000
const before = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE_MS)

const WHOLE = { title: 'Salt', tldr: 'Where it gets in.', body: 'It gets **in**.' }

const onlyPost = async (repo: Repo) => {
  const { id } = await repo.oneOrThrow(from(Post))
  return getPost(repo, id)
}

describe('the posts of the admin area', () => {
  it(
    'are listed by where they stand, searched, and empty where there are none',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const none = await ada.get('/admin/posts')
      const nothingYet = await ada.get('/admin/posts?state=scheduled')
      await aPost(repo, ada.person, { slug: 'draft', title: HOSTILE, tldr: HOSTILE })
      await aPost(repo, ada.person, { slug: 'soon', title: 'Soon', publishedAt: before(-1) })
      await aPost(repo, ada.person, { slug: 'out', title: 'Out', publishedAt: before(1) })

      await assertValidHtml(none.html)
      assert.match(none.html, /No drafts\. A new post is one/)
      assert.match(nothingYet.html, /Nothing is scheduled\./)
      const [drafts, scheduled, published] = [
        await ada.get('/admin/posts'),
        await ada.get('/admin/posts?state=scheduled'),
        await ada.get('/admin/posts?state=published&q=nothing'),
      ]
      for (const { html } of [drafts, scheduled, published]) await assertValidHtml(html)
      assert.match(drafts.html, /&lt;script&gt;alert/)
      assert.match(scheduled.html, />Soon</)
      assert.doesNotMatch(scheduled.html, />Out<\/a>/)
      assert.match(published.html, /No posts match this\./)
      assert.match(published.html, /type="hidden" name="state" value="published"/)
    }),
  )

  it(
    'begin as a draft of who writes them, with topics that were picked',
    sandboxed(async (repo) => {
      await createTopic(repo, { name: 'Tides', slug: 'tides' })
      const ada = await inAdmin(repo, { editor: true })
      const form = await ada.get('/admin/posts/new')
      await assertValidHtml(form.html)
      assert.doesNotMatch(form.html, /name="author"/)

      const created = await ada.post('/admin/posts', {
        ...WHOLE,
        author: 'somebody-else',
        'postTopics[1000][topic]': 'Tides (tides)',
        'postTopics[1000][position]': '0',
      })

      const post = await onlyPost(repo)
      assert.equal(created.headers['location'], `/admin/posts/${post.id}/edit`)
      assert.deepEqual([post.slug, post.author.id, post.published], ['salt', ada.person.id, false])
      assert.deepEqual(
        post.topics.map(({ name }) => name),
        ['Tides'],
      )
      const sheet = await ada.get(`/admin/posts/${post.id}/edit`)
      await assertValidHtml(sheet.html)
      assert.match(
        sheet.html,
        /name="postTopics\[0\]\[topic\]" type="text" value="Tides \(tides\)"/,
      )
    }),
  )

  it(
    'come back with what was typed and what is wrong, and are not stored',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })

      const refused = await ada.post('/admin/posts', {
        title: '',
        slug: 'Not A Slug',
        body: HOSTILE,
        canonicalUrl: 'elsewhere',
        'postTopics[0][topic]': 'Nowhere',
      })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /value="Not A Slug"/)
      assert.match(refused.html, /href="#f-title">Title can&#39;t be blank\./)
      assert.match(refused.html, /Topic is not known here: choose from the list/)
      assert.match(refused.html, /value="Nowhere"/)
      assert.doesNotMatch(refused.html, /<script>alert/)
      assert.equal(await repo.count(Post), 0)
    }),
  )

  it(
    'are changed, but not over what somebody else has saved meanwhile',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const { id, lockVersion } = await aPost(repo, ada.person)
      const opened = String(lockVersion)
      const edit = `/admin/posts/${id}/edit`
      await ada.post(edit, { title: 'First', lockVersion: opened })

      const late = await ada.post(edit, { title: 'Second', lockVersion: opened })

      assert.equal(late.status, 422)
      await assertValidHtml(late.html)
      assert.match(late.html, /value="Second"/)
      assert.equal((await getPost(repo, id)).title, 'First')
    }),
  )

  it(
    'are given to others by an administrator',
    sandboxed(async (repo) => {
      const admin = await inAdmin(repo, { admin: true })
      const eve = await aPerson(repo, 'Eve')
      const { id } = await aPost(repo, admin.person)
      const edit = `/admin/posts/${id}/edit`

      assert.match(
        (await admin.get(edit)).html,
        /name="author" type="text" value="Ada Byron \(ada-/,
      )
      const unknown = await admin.post(edit, { author: 'Mallory', editor: '' })
      await admin.post(edit, { author: 'Eve (eve)', editor: 'Eve (eve)' })

      assert.equal(unknown.status, 422)
      assert.match(unknown.html, /Author is not known here/)
      const { author, editor } = await getPost(repo, id)
      assert.deepEqual([author.id, editor?.id], [eve.id, eve.id])
    }),
  )

  it(
    'are previewed before they are out, by who may see them',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const { id } = await aPost(repo, ada.person, { title: HOSTILE })

      const { status, html, headers } = await ada.get(`/admin/posts/${id}/preview`)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /A preview: only who works on this sees it here/)
      assert.match(html, /name="robots" content="noindex"/)
      assert.equal(headers['cache-control'], 'no-store')
    }),
  )

  it(
    'are shown before they are out to whoever has a link, which is taken back, and leads to them once they are out',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const post = await aPost(repo, ada.person, { title: HOSTILE, tldr: 'Short.', body: 'Long.' })
      const publish = `/admin/posts/${post.id}/publish`
      const linkMade = async () => {
        const sent = await ada.post(`/admin/posts/${post.id}/previews`)
        const cookie = sent.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
        const headers = { ...ada.headers, cookie: `${ada.headers.cookie}; ${cookie}` }
        const once = await ada.app.inject({ url: publish, headers })
        await assertValidHtml(once.body)
        return /value="https:\/\/radio\.example(\/preview\/[\w-]{43})"/.exec(once.body)?.[1] ?? ''
      }
      const [first, second] = [await linkMade(), await linkMade()]

      const shown = await ada.app.inject(first)
      assert.equal(shown.statusCode, 200)
      await assertValidHtml(shown.body)
      assert.match(shown.body, /A preview: this is not published yet/)
      assert.match(shown.body, /name="robots" content="noindex"/)
      const { headers } = shown
      assert.deepEqual(
        [headers['cache-control'], headers['referrer-policy']],
        ['no-store', 'no-referrer'],
      )
      const later = await ada.get(publish)
      assert.doesNotMatch(later.html, /\/preview\/[\w-]{43}/)
      assert.match(later.html, /Looked at once, last on/)

      const link = await repo.oneOrThrow(from(PostPreviewLink).orderBy({ id: 'asc' }).limit(1))
      await ada.post(`/admin/posts/${post.id}/previews/${link.id}/revoke`)
      assert.equal((await ada.app.inject(first)).statusCode, 410)
      assert.equal((await ada.app.inject(second)).statusCode, 200)
      await ada.post(publish)
      assert.equal((await ada.app.inject(second)).headers['location'], '/posts/a-post')
      const eve = await inAdmin(repo, { editor: true, name: 'Eve' })
      for (const path of ['previews', 'previews/1/revoke']) {
        assert.equal((await eve.post(`/admin/posts/${post.id}/${path}`)).status, 404)
      }
      assert.doesNotMatch(
        JSON.stringify(await repo.all(PostPreviewLink)),
        new RegExp(second.slice(9)),
      )
    }),
  )

  it(
    'have a page where their picture is uploaded, for who may change them',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const { id } = await aPost(repo, ada.person)
      const eve = await inAdmin(repo, { editor: true, name: 'Eve' })

      const sheet = await ada.get(`/admin/posts/${id}/edit`)
      assert.ok(sheet.html.includes(`href="/admin/pictures/post/${id}"`))
      const { status, html } = await ada.get(`/admin/pictures/post/${id}`)

      assert.equal(status, 200)
      await assertValidHtml(html)
      assert.match(html, /No picture of its own/)
      assert.equal((await eve.get(`/admin/pictures/post/${id}`)).status, 404)
    }),
  )

  it(
    'are deleted while nobody can read them, and not after',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const draft = await aPost(repo, ada.person, { slug: 'draft' })
      const out = await aPost(repo, ada.person, { slug: 'out', publishedAt: before(1) })

      const deleted = await ada.post(`/admin/posts/${draft.id}/delete`)
      const refused = await ada.post(`/admin/posts/${out.id}/delete`)

      assert.equal(deleted.headers['location'], '/admin/posts')
      assert.equal(refused.status, 403)
      assert.deepEqual(
        (await repo.all(from(Post))).map(({ slug }) => slug),
        ['out'],
      )
    }),
  )

  it(
    'are nobody else’s: not to see, change, publish or delete',
    sandboxed(async (repo) => {
      const eve = await inAdmin(repo, { editor: true, name: 'Eve' })
      const theirs = await aPost(repo, await aPerson(repo, 'Ada'), { title: 'Theirs' })
      const at = (what: string) => `/admin/posts/${theirs.id}/${what}`

      const seen = [
        await eve.get(at('edit')),
        await eve.get(at('preview')),
        await eve.get(at('publish')),
      ]
      const sent = [
        await eve.post(at('edit'), { title: 'Mine' }),
        await eve.post(at('publish')),
        await eve.post(at('unpublish')),
        await eve.post(at('slug'), { slug: 'mine' }),
        await eve.post(at('delete')),
      ]

      for (const { status, html } of [...seen, ...sent]) {
        assert.equal(status, 404)
        assert.doesNotMatch(html, /Theirs/)
      }
      assert.doesNotMatch((await eve.get('/admin/posts')).html, /Theirs/)
      const { title, published, slug } = await getPost(repo, theirs.id)
      assert.deepEqual([title, published, slug], ['Theirs', false, 'a-post'])
    }),
  )
})

describe('publishing a post in the admin area', () => {
  it(
    'says what is missing first, and then does it',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const { id } = await aPost(repo, ada.person, { tldr: null, body: null })
      const publish = `/admin/posts/${id}/publish`

      const missing = await ada.get(publish)
      const refused = await ada.post(publish)
      await ada.post(`/admin/posts/${id}/edit`, { tldr: 'Short.', body: 'Long.' })
      const ready = await ada.get(publish)
      const published = await ada.post(publish)

      for (const { html } of [missing, refused, ready]) await assertValidHtml(html)
      assert.match(missing.html, /It needs a summary\..*\n.*It needs a body\./)
      assert.equal(refused.status, 422)
      assert.match(ready.html, /It has everything it needs\.[\s\S]*Publish now/)
      assert.equal(published.status, 303)
      assert.equal((await ada.get('/posts/a-post')).status, 200)
      const out = await ada.get(publish)
      await assertValidHtml(out.html)
      assert.match(out.html, /It is out since <time datetime="2026-11-20T12:00:00.000Z">/)
    }),
  )

  it(
    'is for later by the clock of who does it, and taken back',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const zone = { timeZone: 'America/New_York' }
      await repo.updateAll(from(Person).where({ id: ada.person.id }), zone)
      const { id } = await aPost(repo, ada.person)
      const later = (publishedAt: string) =>
        ada.post(`/admin/posts/${id}/publish`, { when: 'later', publishedAt })

      const [none, leftOut] = [await later(''), await later('2027-03-14T02:30')]
      await later('2026-11-21T09:00')
      const { publishedAt } = await getPost(repo, id)
      const page = await ada.get(`/admin/posts/${id}/publish`)
      await ada.post(`/admin/posts/${id}/unpublish`)

      assert.deepEqual([none.status, leftOut.status], [422, 422])
      await assertValidHtml(leftOut.html)
      assert.match(none.html, /Appears on can&#39;t be blank\./)
      assert.match(leftOut.html, /does not exist in America\/New_York/)
      assert.match(leftOut.html, /value="2027-03-14T02:30"/)
      assert.equal(publishedAt?.toISOString(), '2026-11-21T14:00:00.000Z')
      await assertValidHtml(page.html)
      assert.match(page.html, /09:00 [^<]+\(14:00 UTC\)/)
      assert.equal((await getPost(repo, id)).published, false)
    }),
  )

  it(
    'keeps what is out from vanishing by a new date',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const { id } = await aPost(repo, ada.person, { publishedAt: before(1) })

      const refused = await ada.post(`/admin/posts/${id}/publish`, {
        publishedAt: '2026-11-21T09:00',
      })

      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)
      assert.match(refused.html, /must be past: unpublish it first/)
    }),
  )

  it(
    'is the only place where a known address is changed',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { editor: true })
      const { id } = await aPost(repo, ada.person, { slug: 'one', publishedAt: before(1) })

      const [wrong, moved] = [
        await ada.post(`/admin/posts/${id}/slug`, { slug: 'Two!' }),
        await ada.post(`/admin/posts/${id}/slug`, { slug: 'two' }),
      ]
      const old = await ada.get('/posts/one')

      assert.equal(wrong.status, 422)
      await assertValidHtml(wrong.html)
      assert.match(wrong.html, /value="Two!"/)
      assert.equal(moved.status, 303)
      assert.deepEqual([old.status, old.headers['location']], [301, '/posts/two'])
      assert.doesNotMatch((await ada.get(`/admin/posts/${id}/edit`)).html, /name="slug"/)
    }),
  )
})
