import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { NewsIssue } from '@showrunner/domain/issues'
import { NewsItem, NewsSource, submitNewsItem } from '@showrunner/domain/news'
import { aNewsItem, aPerson, sandboxed } from '@showrunner/domain/testing'
import { HOSTILE } from '../../testing/a-full-episode.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'
import { NOW } from '../../testing/test-app.ts'

const URL = 'https://clock.example/'

const queued = async (repo: Repo) => {
  const items = await repo.all(from(NewsItem).where({ status: 'queued' }))
  return items
    .toSorted((a, b) => (a.queuePosition ?? 0) - (b.queuePosition ?? 0))
    .map(({ headline }) => headline)
}

describe('the news in the admin area', () => {
  it(
    'are written down, previewed, put out, scheduled, queued, taken back and deleted',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { admin: true })
      for (const url of ['/admin/news', '/admin/news/new?url=https://clock.example']) {
        const { status, html } = await ada.get(url)
        assert.equal(status, 200)
        await assertValidHtml(html)
      }
      const refused = await ada.post('/admin/news', { url: 'clock', headline: HOSTILE })
      assert.equal(refused.status, 422)
      await assertValidHtml(refused.html)

      const made = await ada.post('/admin/news', { url: URL, headline: HOSTILE, kind: 'project' })
      assert.equal(made.status, 303)
      const { id } = await repo.oneOrThrow(from(NewsItem))
      const item = async () => repo.getOrThrow(NewsItem, id)
      for (const page of ['edit', 'preview', 'publish']) {
        const { status, html } = await ada.get(`/admin/news/${id}/${page}`)
        assert.equal(status, 200)
        await assertValidHtml(html)
        assert.doesNotMatch(html, /<script>alert/)
      }

      const later = { when: 'later', publishedAt: '2026-11-21T09:00' }
      assert.equal((await ada.post(`/admin/news/${id}/publish`, later)).status, 303)
      assert.deepEqual((await item()).publishedAt, new Date('2026-11-21T09:00:00Z'))
      const blank = await ada.post(`/admin/news/${id}/publish`, { when: 'later', publishedAt: '' })
      assert.equal(blank.status, 422)
      await ada.post(`/admin/news/${id}/queue`)
      assert.deepEqual([(await item()).status, (await item()).publishedAt], ['queued', null])
      await ada.post(`/admin/news/${id}/publish`)
      assert.deepEqual([(await item()).status, (await item()).queuePosition], ['published', null])
      await ada.post(`/admin/news/${id}/unpublish`)
      assert.equal((await item()).status, 'draft')
      for (const state of ['drafts', 'submitted', 'queued', 'scheduled', 'published', 'declined']) {
        await assertValidHtml((await ada.get(`/admin/news?state=${state}`)).html)
      }
      assert.equal((await ada.post(`/admin/news/${id}/delete`)).status, 303)
      assert.equal(await repo.count(from(NewsItem)), 0)
    }),
  )

  it(
    'stand in a queue that is put in order with and without a script',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { admin: true })
      await assertValidHtml((await ada.get('/admin/news/queue')).html)
      const ids: number[] = []
      for (const headline of ['One', 'Two', HOSTILE]) {
        const { id } = await aNewsItem(repo, { headline })
        await ada.post(`/admin/news/${id}/queue`)
        ids.push(id)
      }
      const [one, two, three] = ids.map(String)
      const { html } = await ada.get('/admin/news/queue')
      await assertValidHtml(html)

      await ada.post('/admin/news/queue', {
        'items[0][id]': one ?? '',
        'items[0][position]': '2',
        'items[1][id]': two ?? '',
        'items[1][position]': '0',
        'items[2][id]': three ?? '',
        'items[2][position]': '1',
      })
      assert.deepEqual(await queued(repo), ['Two', HOSTILE, 'One'])
      await ada.post('/admin/news/queue', { first: one ?? '' })
      assert.deepEqual(await queued(repo), ['One', 'Two', HOSTILE])
      await ada.post('/admin/news/queue/next')
      assert.deepEqual(await queued(repo), ['Two', HOSTILE])
      assert.equal((await repo.getOrThrow(NewsItem, ids[0] ?? 0)).status, 'published')
      assert.equal((await ada.post('/admin/news/queue', { first: 'x' })).status, 400)
    }),
  )

  it(
    'are sent in by anybody, and accepted or declined by administrators',
    sandboxed(async (repo) => {
      const bob = await aPerson(repo, 'Bob', { email: 'bob@example.com' })
      const sent = await submitNewsItem(
        repo,
        bob,
        { url: URL, headline: 'Clock', remark: HOSTILE },
        NOW,
      )
      assert.ok(sent.ok)
      const { id } = sent.value
      const editor = await inAdmin(repo, { editor: true, name: 'Edith' })
      assert.equal((await editor.get(`/admin/news/${id}/publish`)).status, 404)
      assert.equal(
        (await editor.post(`/admin/news/${id}/answer`, { decision: 'accept' })).status,
        404,
      )

      const ada = await inAdmin(repo, { admin: true })
      const { html } = await ada.get(`/admin/news/${id}/publish`)
      await assertValidHtml(html)
      assert.match(html, /Sent in by Bob/)
      const long = { decision: 'decline', answer: 'x'.repeat(5001) }
      assert.equal((await ada.post(`/admin/news/${id}/answer`, long)).status, 422)
      await ada.post(`/admin/news/${id}/answer`, { decision: 'decline', answer: 'Not for us.' })
      assert.equal((await repo.getOrThrow(NewsItem, id)).status, 'declined')
    }),
  )

  it(
    'of another editor are not an editor’s, nor are sources, issues, the queue and comments',
    sandboxed(async (repo) => {
      const editor = await inAdmin(repo, { editor: true, name: 'Edith' })
      const { id } = await aNewsItem(repo)
      assert.equal((await editor.get(`/admin/news/${id}/edit`)).status, 404)
      assert.equal((await editor.post(`/admin/news/${id}/publish`)).status, 404)
      for (const url of ['queue', 'sources', 'issues']) {
        assert.equal((await editor.get(`/admin/news/${url}`)).status, 403, url)
      }
      assert.equal((await editor.get('/admin/comments')).status, 403)

      await editor.post('/admin/news', { url: URL, headline: 'Own' })
      const own = await repo.getByOrThrow(NewsItem, { headline: 'Own' })
      assert.equal(own.loggerId, editor.person.id)
      assert.equal((await editor.get(`/admin/news/${own.id}/edit`)).status, 200)
      assert.equal((await editor.post(`/admin/news/${own.id}/publish`)).status, 303)
      assert.equal((await editor.post(`/admin/news/${own.id}/delete`)).status, 403)
      const list = await editor.get('/admin/news')
      assert.doesNotMatch(list.html, /The clock is right/)
    }),
  )
})

describe('sources', () => {
  it(
    'are made, changed and deleted',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { admin: true })
      for (const url of ['/admin/news/sources', '/admin/news/sources/new']) {
        await assertValidHtml((await ada.get(url)).html)
      }
      assert.equal((await ada.post('/admin/news/sources', { name: HOSTILE })).status, 422)
      await ada.post('/admin/news/sources', { name: 'Tide Office', websiteUrl: URL })
      const { id, slug } = await repo.oneOrThrow(from(NewsSource))
      assert.equal(slug, 'tide-office')
      await assertValidHtml((await ada.get(`/admin/news/sources/${id}/edit`)).html)
      await ada.post(`/admin/news/sources/${id}/edit`, { name: HOSTILE, lockVersion: '1' })
      assert.equal((await repo.getOrThrow(NewsSource, id)).name, HOSTILE.trim())
      const choices = await ada.get('/admin/search/choices?type=sources&q=script')
      assert.match(choices.html, /\(tide-office\)/)
      await ada.post(`/admin/news/sources/${id}/delete`)
      assert.equal(await repo.count(from(NewsSource)), 0)
    }),
  )
})

describe('issues', () => {
  it(
    'begin with what came out since the last, are put in order, published and taken back',
    sandboxed(async (repo) => {
      const ada = await inAdmin(repo, { admin: true })
      await assertValidHtml((await ada.get('/admin/news/issues')).html)
      const ids: number[] = []
      for (const headline of ['One', 'Two']) {
        const { id } = await aNewsItem(repo, { headline })
        await ada.post(`/admin/news/${id}/publish`)
        ids.push(id)
      }
      await ada.post('/admin/news/issues')
      const issue = await repo.oneOrThrow(from(NewsIssue).preload('newsIssueItems'))
      assert.deepEqual([issue.number, issue.slug], [1, '1'])
      assert.equal(issue.newsIssueItems.length, 2)
      const url = `/admin/news/issues/${issue.id}`
      await assertValidHtml((await ada.get(`${url}/edit`)).html)
      await assertValidHtml((await ada.get(`${url}/preview`)).html)

      await ada.post(`${url}/publish`)
      assert.equal((await repo.getOrThrow(NewsIssue, issue.id)).published, false)
      const [first, second] = issue.newsIssueItems
      const { id: third } = await aNewsItem(repo, { headline: HOSTILE })
      const saved = await ada.post(`${url}/edit`, {
        teaser: HOSTILE,
        'newsIssueItems[0][id]': String(first?.id),
        'newsIssueItems[0][position]': '1',
        'newsIssueItems[0][withPicture]': 'true',
        'newsIssueItems[1][id]': String(second?.id),
        'newsIssueItems[1][delete]': 'true',
        'newsIssueItems[1000][newsItem]': `x (${third})`,
        'newsIssueItems[1000][position]': '0',
      })
      assert.equal(saved.status, 303)
      const now = await repo.getOrThrow(from(NewsIssue).preload('newsIssueItems'), issue.id)
      assert.deepEqual(
        now.newsIssueItems.map(({ newsItemId, withPicture }) => [newsItemId, withPicture]),
        [
          [third, false],
          [first?.newsItemId, true],
        ],
      )
      await ada.post(`${url}/publish`)
      assert.equal((await repo.getOrThrow(NewsIssue, issue.id)).published, true)
      const { html } = await ada.get('/news/issues/1')
      // What is not out is not in it.
      assert.equal([...html.matchAll(/class="news-item"/g)].length, 1)
      await ada.post('/admin/news/issues')
      assert.equal(
        (await repo.getByOrThrow(from(NewsIssue).preload('newsIssueItems'), { number: 2 }))
          .newsIssueItems.length,
        0,
      )
      await ada.post(`${url}/unpublish`)
      assert.equal((await ada.get('/news/issues/1')).status, 404)
      await ada.post(`${url}/delete`)
      assert.equal(await repo.count(from(NewsIssue)), 1)
    }),
  )
})
