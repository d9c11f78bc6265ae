import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { type Actor, isItsHost, policy, VISITOR } from '@showrunner/domain/policies'
import { aPodcast, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { page, testApp } from '../testing/test-app.ts'

const host: Actor = { ...VISITOR, person: { id: 7, handle: 'ada' }, hostOf: [3] }
const RULES = { show: isItsHost, burn: () => false }
const letters = policy('letter', RULES)
const diaries = policy('diary', RULES, { hides: true })

/** The page of a podcast, on a repo that asks first. */
async function pageThatAsks(repo: Repo, ask: () => void, lines: string[] = []) {
  const asking = {
    ...repo,
    getByOrThrow: async () => {
      ask()
      throw new Error('it was allowed')
    },
  }
  const stream = { write: (line: string) => lines.push(line) }
  return page(await testApp(asking, { logger: { level: 'warn', stream } }), '/diary-of-b')
}

describe('what nothing can be called', () => {
  it(
    'is not there, whoever asks for it by an address or a form',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      for (const url of ['/subscribe/%00', '/request/%00', '/subscribe?podcast=%00'])
        assert.equal((await page(app, url)).status, 404, url)
      for (const url of ['/subscribe', '/request']) {
        const payload = 'podcast=%00&email=ada%40example.com'
        const sent = await app.inject({ method: 'POST', url, headers: form, payload })
        assert.equal(sent.statusCode, 404, url)
      }
    }),
  )
})

describe('what somebody may not do', () => {
  it(
    'is a 403 that says what to do, and is logged with who it was',
    sandboxed(async (repo) => {
      const lines: string[] = []
      const { status, html } = await pageThatAsks(
        repo,
        () => letters.mayOrThrow(host, 'burn', { podcastId: 3 }),
        lines,
      )

      assert.equal(status, 403)
      await assertValidHtml(html)
      assert.match(html, /ask an administrator of the network/)
      assert.doesNotMatch(html, /burn|letter|person 7/)
      const [line = ''] = lines
      assert.match(line, /\(person 7, host of 3\) may not \\"burn\\" the letter of podcast 3/)
    }),
  )

  it(
    'leads to the way in, and back here, who is not signed in',
    sandboxed(async (repo) => {
      const { status, html } = await pageThatAsks(repo, () => letters.mayOrThrow(VISITOR, 'burn'))

      assert.equal(status, 403)
      await assertValidHtml(html)
      assert.match(html, /href="\/in\?next=%2Fdiary-of-b"/)
    }),
  )

  it(
    'is not there for who may not see it, word for word as what is really not there',
    sandboxed(async (repo) => {
      await aPodcast(repo)
      const missing = await page(await testApp(repo), '/diary-of-b')

      const hidden = await pageThatAsks(repo, () =>
        diaries.mayOrThrow(host, 'burn', { podcastId: 4 }),
      )
      const shown = await pageThatAsks(repo, () =>
        diaries.mayOrThrow(host, 'burn', { podcastId: 3 }),
      )

      assert.equal(missing.status, 404)
      assert.deepEqual([hidden.status, hidden.html], [404, missing.html])
      assert.equal(shown.status, 403)
    }),
  )
})
