import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, type Repo } from '@showrunner/data'
import { NewsIssue, NewsIssueItem } from '@showrunner/domain/issues'
import { NEWS_STATUSES, type NewsItem } from '@showrunner/domain/news'
import {
  anEpisode,
  aNewsItem,
  aPerson,
  aPodcast,
  aPost,
  sandboxed,
} from '@showrunner/domain/testing'
import { type FastifyInstance } from 'fastify'
import { aComment, asked } from '../../testing/an-api.ts'
import { NOW, PUBLIC_URL, testApp } from '../../testing/test-app.ts'

const LATER = new Date('2027-01-01T00:00:00Z')

async function newsThatIsOut(repo: Repo, said: Partial<Omit<NewsItem, 'id'>> = {}) {
  const out = { status: 'published', publishedAt: NOW, ...said } as const
  return repo.updateOrThrow(change(await aNewsItem(repo), out))
}

/** What a list has in all its parts, two by two. */
async function walked<Item>(
  app: FastifyInstance,
  path: string,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let next: string | null = `${PUBLIC_URL}/api/v1${path}?limit=2`
  while (next !== null) {
    const { json } = await asked(app, { url: next.slice(PUBLIC_URL.length) })
    const list = json as { readonly items: readonly Item[]; readonly next: string | null }
    items.push(...list.items)
    next = list.next
    await meanwhile()
  }
  return items
}

interface CommentSaid {
  readonly id: number
  readonly parentId: number | null
  readonly body: string | null
  readonly deleted: boolean
  readonly author: { readonly name: string; readonly handle: string | null } | null
}

describe('news in the API', () => {
  it(
    'shows nothing that is not out, and nothing of what only the desk knows',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const [title, remark] = ['zzsecret', 'zzsecret']
      const draft = await anEpisode(repo, podcast, { slug: 'draft', title, published: false })
      const ada = await aPerson(repo, 'Ada')
      const post = await aPost(repo, ada, { slug: 'to-come', title, publishedAt: LATER })
      await repo.updateOrThrow(change(ada, { email: 'zzsecret@example.com' }))
      const hidden = []
      for (const status of NEWS_STATUSES.filter((one) => one !== 'published'))
        hidden.push(await newsThatIsOut(repo, { status, headline: title }))
      hidden.push(await newsThatIsOut(repo, { headline: title, publishedAt: LATER }))
      const about = { remark, answer: remark, submitterId: ada.id, loggerId: ada.id }
      const shown = await newsThatIsOut(repo, { ...about, episodeId: draft.id })
      await newsThatIsOut(repo, { ...about, postId: post.id })
      const issue = { number: 1, slug: '1', published: true, publishedAt: NOW, teaser: 'Out.' }
      const { id: newsIssueId } = await repo.insertOrThrow(build(NewsIssue, issue))
      for (const { id: newsItemId } of [...hidden, shown])
        await repo.insertOrThrow(build(NewsIssueItem, { newsIssueId, newsItemId }))
      const away = { teaser: title, note: title }
      await repo.insertOrThrow(build(NewsIssue, { number: 2, slug: '2', ...away }))
      await repo.insertOrThrow(
        build(NewsIssue, { ...issue, number: 3, slug: '3', ...away, publishedAt: LATER }),
      )
      const app = await testApp(repo)
      const lists = [
        '/news',
        `/news/${shown.id}`,
        '/issues',
        '/issues/1',
        '/posts',
        '/search?q=zzsecret',
      ]
      const gone = ['/issues/2', '/issues/3', '/posts/to-come', '/posts/to-come/comments']

      for (const url of lists) {
        const { statusCode, body } = await asked(app, { url: `/api/v1${url}` })
        assert.equal(statusCode, 200, url)
        assert.doesNotMatch(body.replaceAll('q=zzsecret', ''), /zzsecret/, url)
      }
      for (const url of [...gone, ...hidden.map(({ id }) => `/news/${id}`)]) {
        for (const below of ['', '/comments']) {
          const { statusCode, body } = await asked(app, { url: `/api/v1${url}${below}` })
          assert.equal(statusCode, 404, url)
          assert.doesNotMatch(body, /zzsecret/, url)
        }
      }
      assert.equal((await walked(app, '/news')).length, 2)
      const { json } = await asked(app, { url: '/api/v1/issues/1?fields=items.id' })
      assert.deepEqual(json, { items: [{ id: shown.id }] })
    }),
  )

  it(
    'names those who have no page here without leading anywhere',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'one' })
      const [ada, eve] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Eve')]
      await aPost(repo, ada, { slug: 'hers', publishedAt: NOW })
      const said = { authorId: ada.id, submitterId: eve.id, episodeId: episode.id }
      const { id } = await newsThatIsOut(repo, said)
      const app = await testApp(repo)

      const { json } = await asked(app, { url: `/api/v1/news/${id}` })

      const { author, submitter, episode: about } = json as Readonly<Record<string, object>>
      assert.deepEqual(author, {
        handle: 'ada',
        name: 'Ada',
        avatarUrl: null,
        apiUrl: `${PUBLIC_URL}/api/v1/people/ada`,
      })
      assert.deepEqual(submitter, { handle: null, name: 'Eve', avatarUrl: null, apiUrl: null })
      assert.equal(
        Reflect.get(about ?? {}, 'apiUrl'),
        `${PUBLIC_URL}/api/v1/podcasts/local-time/episodes/one`,
      )
    }),
  )

  it(
    'is found with the address that has it here, and does not send again what did not change',
    sandboxed(async (repo) => {
      const { id } = await newsThatIsOut(repo, { headline: 'The tide came late' })
      const app = await testApp(repo)

      const { json } = await asked(app, { url: '/api/v1/search?q=tide' })

      const [hit] = (json as { readonly items: readonly { readonly apiUrl: string }[] }).items
      assert.equal(hit?.apiUrl, `${PUBLIC_URL}/api/v1/news/${id}`)
      for (const url of [`/api/v1/news/${id}`, '/api/v1/news?fields=headline']) {
        const { headers } = await asked(app, { url })
        const known = { 'if-none-match': String(headers.etag) }
        assert.equal((await asked(app, { url, headers: known })).statusCode, 304)
      }
    }),
  )
})

describe('comments in the API', () => {
  it(
    'are those that everybody sees, as everybody sees them, each once while others are written',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'one' })
      const of = { episodeId: episode.id }
      const eve = await aPerson(repo, 'Eve', { email: 'eve@example.com' })
      const deletedAt = NOW
      const first = await aComment(repo, { ...of, authorId: eve.id })
      const taken = await aComment(repo, { ...of, authorId: eve.id, deletedAt, body: 'zzsecret' })
      const answer = await aComment(repo, { ...of, parentId: taken.id })
      const unseen = [
        await aComment(repo, { ...of, approved: false, body: 'zzsecret' }),
        await aComment(repo, { ...of, deletedAt, body: 'zzsecret' }),
      ]
      const below = await aComment(repo, {
        ...of,
        parentId: unseen[0]?.id ?? null,
        body: 'zzsecret',
      })
      const last = await aComment(repo, of)
      const app = await testApp(repo)
      const path = '/podcasts/local-time/episodes/one/comments'

      const all = await walked<CommentSaid>(app, path, () =>
        aComment(repo, { ...of, approved: false }),
      )

      assert.deepEqual(
        all.map(({ id }) => id),
        [first.id, taken.id, answer.id, last.id],
      )
      assert.doesNotMatch(JSON.stringify(all), /zzsecret|example\.com/)
      assert.deepEqual(all[0]?.author, { name: 'Eve', handle: null, avatarUrl: null, apiUrl: null })
      const { deleted, author, body } = all[1] ?? {}
      assert.deepEqual([deleted, author, body], [true, null, null])
      assert.equal(all[2]?.parentId, taken.id)
      const one = await asked(app, { url: `/api/v1/comments/${first.id}` })
      const { about, url } = one.json as { readonly about: object; readonly url: string }
      assert.equal(url, `${PUBLIC_URL}/local-time/one#comment-${first.id}`)
      assert.equal(
        Reflect.get(about, 'apiUrl'),
        `${PUBLIC_URL}/api/v1${path.replace('/comments', '')}`,
      )
      for (const { id } of [...unseen, below]) {
        const { statusCode, body: said } = await asked(app, { url: `/api/v1/comments/${id}` })
        assert.equal(statusCode, 404)
        assert.doesNotMatch(said, /zzsecret/)
      }
    }),
  )

  it(
    'are gone with what they are about',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'one' })
      const post = await aPost(repo, await aPerson(repo, 'Ada'), { slug: 'hers', publishedAt: NOW })
      const item = await newsThatIsOut(repo)
      const comments = [
        await aComment(repo, { episodeId: episode.id }),
        await aComment(repo, { postId: post.id }),
        await aComment(repo, { newsItemId: item.id }),
      ]
      const app = await testApp(repo)
      const urls = [
        ...comments.map(({ id }) => `/comments/${id}`),
        '/podcasts/local-time/episodes/one/comments',
        '/posts/hers/comments',
        `/news/${item.id}/comments`,
      ]
      const statuses = async () => {
        const answers = await Promise.all(urls.map((url) => asked(app, { url: `/api/v1${url}` })))
        return [...new Set(answers.map(({ statusCode }) => statusCode))]
      }

      assert.deepEqual(await statuses(), [200])
      await repo.updateOrThrow(change(podcast, { status: 'draft' }))
      await repo.updateOrThrow(change(post, { published: false }))
      await repo.updateOrThrow(change(item, { status: 'draft' }))
      assert.deepEqual(await statuses(), [404])
    }),
  )
})
