import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sandboxes } from '@showrunner/data/sandbox'
import { encodeTokens, SANDBOX_HEADER, userAgentWith } from '@showrunner/data/sandboxes'
import { aPodcast, sandboxed } from '@showrunner/domain/testing'
import { type FastifyInstance } from 'fastify'
import { testApp } from '../testing/test-app.ts'

describe('the site that tests share', () => {
  const lines: string[] = []
  let app: FastifyInstance
  let address = ''

  // Behind a port, as tests in another process have it: no request comes in the context of a test.
  before(async () => {
    const logger = { level: 'error', stream: { write: (line: string) => lines.push(line) } }
    app = await testApp(sandboxes.repo.unscoped(), { sandboxes, logger })
    address = await app.listen({ port: 0 })
  })
  after(() => app.close())

  const shown = async (headers: Record<string, string>): Promise<string[]> => {
    const page = await (await fetch(`${address}/podcasts`, { headers })).text()
    return [...page.matchAll(/<h3[^>]*><a[^>]*>([^<]+)/g)].map(([, title = '']) => title)
  }

  it(
    'allows access to single repo, each test to its own, at the same time',
    sandboxed(async (repo, _t, mine) => {
      await aPodcast(repo, { title: 'Mine', slug: 'mine' })
      const theirs = await sandboxes.open()
      await aPodcast(theirs.repo.unscoped(), { title: 'Theirs', slug: 'theirs' })

      const seen = await Promise.all([
        shown({ [SANDBOX_HEADER]: encodeTokens(mine) }),
        shown({ [SANDBOX_HEADER]: encodeTokens(theirs) }),
        shown({ 'user-agent': userAgentWith('Mozilla/5.0', mine.token) }),
      ])
      await theirs.close()

      assert.deepEqual(seen, [['Mine'], ['Theirs'], ['Mine']])
    }),
  )

  it(
    'keeps the sandbox of a request whose body is read',
    sandboxed(async (_repo, _t, { token }) => {
      const response = await fetch(`${address}/in/made-up`, {
        method: 'POST',
        headers: { [SANDBOX_HEADER]: token },
        body: new URLSearchParams({ a: 'b' }),
      })

      assert.equal(response.status, 410)
      assert.match(await response.text(), /This link no longer works/)
    }),
  )

  it(
    'gives no access without metadata, and says in the log what to do',
    sandboxed(async () => {
      const response = await fetch(`${address}/podcasts`)

      assert.equal(response.status, 500)
      assert.match(lines.join(''), /no sandbox belongs to the code.*x-showrunner-sandbox/)
    }),
  )

  it(
    'checks out/in at path',
    sandboxed(async () => {
      const opened = await fetch(`${address}/sandbox?name=buying a mug`, { method: 'POST' })
      const token = await opened.text()
      const own = { [SANDBOX_HEADER]: token }
      await sandboxes.withToken(token, () =>
        aPodcast(sandboxes.repo.unscoped(), { title: 'Mug', slug: 'mug' }),
      )

      assert.match(opened.headers.get('content-type') ?? '', /^text\/plain/)
      assert.deepEqual(await shown(own), ['Mug'])
      const remove = () => fetch(`${address}/sandbox`, { method: 'DELETE', headers: own })
      assert.equal((await remove()).status, 204)
      assert.equal((await remove()).status, 410)
      const late = await fetch(`${address}/podcasts`, { headers: own })
      assert.equal(late.status, 410)
      assert.match(await late.text(), /^the sandbox of this request is gone: its test is over/)
    }),
  )

  it(
    'opens no sandbox where it is not shared by tests',
    sandboxed(async (repo) => {
      const ordinary = await testApp(repo)

      const response = await ordinary.inject({ method: 'POST', url: '/sandbox' })

      assert.equal(response.statusCode, 405)
      assert.deepEqual(await ordinary.inject('/podcasts').then((page) => page.statusCode), 200)
    }),
  )
})
