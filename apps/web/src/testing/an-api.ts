import assert from 'node:assert/strict'
import { build, change, type Repo, sql } from '@showrunner/data'
import { accountOf } from '@showrunner/domain/accounts'
import { createToken } from '@showrunner/domain/api-tokens'
import { Comment } from '@showrunner/domain/comments'
import { NewsIssue, NewsIssueItem } from '@showrunner/domain/issues'
import { type NewsItem, NewsItemTopic, NewsSource } from '@showrunner/domain/news'
import { Person } from '@showrunner/domain/people'
import { type Podcast, PodcastHost } from '@showrunner/domain/podcasts'
import { aNewsItem, aPerson, aPost } from '@showrunner/domain/testing'
import { Topic } from '@showrunner/domain/topics'
import { type FastifyInstance, type InjectOptions } from 'fastify'
import { methodOf } from '../api/openapi.ts'
import { type Operation, type Read } from '../api/operation.ts'
import { OPERATIONS } from '../api/operations.ts'
import { ProblemDocument } from '../api/problem.ts'
import { aFullEpisode } from './a-full-episode.ts'
import { NOW } from './test-app.ts'

interface TokenSaid {
  readonly scopes?: readonly string[]
  readonly podcasts?: readonly number[]
}

/** Somebody who hosts these, and the token of theirs. */
export async function aTokenOf(
  repo: Repo,
  name: string,
  hostOf: readonly Podcast[],
  { scopes = ['episodes:write', 'uploads:write', 'publish'], podcasts }: TokenSaid = {},
) {
  const handle = name.toLowerCase().replaceAll(' ', '-')
  const person = await repo.insertOrThrow(build(Person, { name, handle, host: true }))
  for (const { id: podcastId } of hostOf) {
    await repo.insertOrThrow(build(PodcastHost, { podcastId, personId: person.id }))
  }
  const allPodcasts = String(podcasts === undefined)
  const said = { name: 'CI', scopes, allPodcasts, podcasts, lasts: '30' }
  const made = await createToken(repo, await accountOf(repo, person), said, NOW)
  assert.ok(made.ok)
  return { person, token: made.value, secret: made.secret }
}

interface ExemplaryNetwork {
  readonly podcast: Podcast
  /** An example of the documentation, with the numbers that things have in this database. */
  readonly exampleOf: (read: Read) => string
}

/** What the examples of the documentation ask for. */
export async function anExemplaryNetwork(repo: Repo): Promise<ExemplaryNetwork> {
  const { podcast, episode } = await aFullEpisode(repo)
  const named = { slug: 'nobody-owns-the-tide-table' }
  await repo.updateOrThrow(change(episode, named))
  await repo.run(sql`update topics set slug = 'tides'`)
  await repo.run(sql`update people set handle = 'maud-ferrier' where handle = 'guest'`)
  const author = await aPerson(repo, 'Ada Byron')
  const slug = 'how-long-is-a-minute'
  const { id: postId } = await aPost(repo, author, { slug, publishedAt: NOW })
  const { id: newsItemId } = await anItemOfNews(repo, author)
  const [comment] = [
    await aComment(repo, { newsItemId, authorId: author.id }),
    await aComment(repo, { episodeId: episode.id, authorId: author.id }),
    await aComment(repo, { postId }),
  ]
  return {
    podcast,
    exampleOf: ({ example }) =>
      example
        .replace(/^\/news\/1\b/, `/news/${newsItemId}`)
        .replace(/^\/comments\/1\b/, `/comments/${comment.id}`),
  }
}

/** With a source and a topic, and an issue that has it. */
async function anItemOfNews(repo: Repo, { id: authorId }: Person): Promise<NewsItem> {
  const source = {
    name: 'The Tide Office',
    slug: 'tide-office',
    websiteUrl: 'https://tide.example',
  }
  const { id: sourceId } = await repo.insertOrThrow(build(NewsSource, source))
  const out = { status: 'published', publishedAt: NOW, pinned: true } as const
  const item = await repo.updateOrThrow(
    change(await aNewsItem(repo), { ...out, sourceId, authorId, storyHtml: '<p>Late.</p>' }),
  )
  const topic = await repo.getByOrThrow(Topic, { slug: 'tides' })
  await repo.insertOrThrow(build(NewsItemTopic, { newsItemId: item.id, topicId: topic.id }))
  const issue = { number: 1, slug: '1', published: true, publishedAt: NOW }
  const { id: newsIssueId } = await repo.insertOrThrow(build(NewsIssue, issue))
  await repo.insertOrThrow(build(NewsIssueItem, { newsIssueId, newsItemId: item.id }))
  return item
}

type NewComment = Partial<
  Pick<
    Comment,
    | 'newsItemId'
    | 'episodeId'
    | 'postId'
    | 'authorId'
    | 'parentId'
    | 'approved'
    | 'deletedAt'
    | 'body'
  >
>

/** What everybody sees, unless it says otherwise. */
export async function aComment(repo: Repo, said: NewComment): Promise<Comment> {
  const words = { body: 'By *which* clock?', bodyHtml: '<p>By <em>which</em> clock?</p>' }
  const depth = said.parentId ? 1 : 0
  return repo.insertOrThrow(build(Comment, { ...words, depth, approved: true, ...said }))
}

/** Asks, and holds the answer to what is documented of it. */
export async function asked(
  app: FastifyInstance,
  options: InjectOptions & { readonly url: string },
) {
  const response = await app.inject(options)
  const method = String(options.method ?? 'GET')
  const operation = operationAt(method, options.url)
  const { statusCode } = response
  const isJson = /json/.test(String(response.headers['content-type'])) && response.body !== ''
  const body: unknown = isJson ? JSON.parse(response.body) : undefined
  if (statusCode >= 400) ProblemDocument.parse(body)
  else if (operation && statusCode !== 304 && method !== 'HEAD') {
    const isPart = /[?&]fields=/.test(options.url)
    if (!isPart) schemaOf(operation, statusCode).parse(body)
  }
  return { ...response, statusCode, json: body as never, operation }
}

function schemaOf(operation: Operation, status: number) {
  if (operation.kind !== 'write') return operation.answer
  const answer = operation.answers[status as 200]
  assert.ok(answer, `${operation.id} answers ${status}, and nobody says so`)
  return answer.schema
}

function operationAt(method: string, url: string): Operation | undefined {
  const [path = ''] = url.replace(/^\/api\/v1/, '').split('?')
  const fitting = OPERATIONS.filter((operation) => {
    const pattern = operation.path.replaceAll(/\{\w+\}/g, '[^/]+')
    return (
      (method === 'HEAD' ? 'GET' : method) === methodOf(operation) &&
      new RegExp(`^${pattern}$`).test(path)
    )
  })
  return fitting[0]
}
