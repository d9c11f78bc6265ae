import assert from 'node:assert/strict'
import { build, change, type Repo, sql } from '@showrunner/data'
import { accountOf } from '@showrunner/domain/accounts'
import { createToken } from '@showrunner/domain/api-tokens'
import { Person } from '@showrunner/domain/people'
import { type Podcast, PodcastHost } from '@showrunner/domain/podcasts'
import { aPerson, aPost } from '@showrunner/domain/testing'
import { type FastifyInstance, type InjectOptions } from 'fastify'
import { methodOf } from '../api/openapi.ts'
import { type Operation } from '../api/operation.ts'
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

/** What the examples of the documentation ask for. */
export async function anExemplaryNetwork(repo: Repo): Promise<{ readonly podcast: Podcast }> {
  const { podcast, episode } = await aFullEpisode(repo)
  const named = { slug: 'nobody-owns-the-tide-table' }
  await repo.updateOrThrow(change(episode, named))
  await repo.run(sql`update topics set slug = 'tides'`)
  await repo.run(sql`update people set handle = 'maud-ferrier' where handle = 'guest'`)
  const author = await aPerson(repo, 'Ada Byron')
  await aPost(repo, author, { slug: 'how-long-is-a-minute', publishedAt: NOW })
  return { podcast }
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
