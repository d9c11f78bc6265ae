import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { Membership, WebhookEvent } from '@showrunner/domain/memberships'
import { sandboxed } from '@showrunner/domain/testing'
import { performAll } from '../../testing/a-membership.ts'
import { assertValidHtml } from '../../testing/assert-valid-html.ts'
import { inAdmin } from '../../testing/in-admin.ts'

const TEST = '/admin/memberships/inbox/test'

/** What the next page says. */
async function said(admin: Awaited<ReturnType<typeof inAdmin>>) {
  const { headers, status } = await admin.post(TEST)
  assert.equal(status, 303)
  const cookie = [headers['set-cookie']].flat().map((one) => String(one).split(';')[0])
  const url = String(headers['location'])
  const all = [admin.headers.cookie, ...cookie].join('; ')
  const { body } = await admin.app.inject({ url, headers: { ...admin.headers, cookie: all } })
  await assertValidHtml(body)
  return { url, html: body }
}

const states = async (repo: Repo) => (await repo.all(WebhookEvent)).map(({ state }) => state)

describe('a test event', () => {
  it(
    'is signed and sent to the address that Memberful has, and makes nobody a member',
    sandboxed(async (repo) => {
      const asked: string[] = []
      const outside: typeof fetch = async (url, init) => {
        const request = new Request(url, init)
        asked.push(request.url)
        const response = await admin.app.inject({
          method: 'POST',
          url: new URL(request.url).pathname,
          headers: Object.fromEntries(request.headers),
          payload: Buffer.from(await request.arrayBuffer()),
        })
        return new Response(response.body, { status: response.statusCode })
      }
      const admin = await inAdmin(
        repo,
        { admin: true },
        { memberfulSecrets: ['s'], fetch: outside },
      )

      const { url, html } = await said(admin)

      assert.deepEqual(asked, ['https://radio.example/webhooks/memberful'])
      assert.match(url, /^\/admin\/memberships\/inbox\/\d+$/)
      assert.match(
        html,
        /It was sent to https:\/\/radio\.example\/webhooks\/memberful, signed, and/,
      )
      assert.match(html, /A test from here: it came, and is stored\./)
      await performAll(repo)
      const after = await admin.get(url)
      assert.match(after.html, /Nothing here follows from it\./)
      assert.match(after.html, /it came, was stored and was looked at\./)
      assert.match(after.html, /<dt>A test by<\/dt><dd dir="auto">Ada Byron</)
      assert.deepEqual([await states(repo), await repo.count(Membership)], [['ignored'], 0])
      await said(admin)
      assert.equal(await repo.count(WebhookEvent), 2)
    }),
  )

  it(
    'says what stands in between where it does not get through, and is handed in within',
    sandboxed(async (repo) => {
      const unreachable: typeof fetch = async () => {
        throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })
      }
      const refusing: typeof fetch = async () => new Response('', { status: 403 })
      for (const [outside, words] of [
        [unreachable, /could not be reached from here \(ENOTFOUND\)/],
        [refusing, /answered 403 instead of 202/],
      ] as const) {
        const parts = { memberfulSecrets: ['s', 'former'], fetch: outside }
        const { html } = await said(await inAdmin(repo, { admin: true }, parts))
        assert.match(html, words)
        assert.match(html, /Handed in within this program, it was answered 202\./)
      }
      assert.deepEqual(await states(repo), ['received', 'received'])
    }),
  )

  it(
    'says that it is not here where the address leads to another site',
    sandboxed(async (repo) => {
      const elsewhere: typeof fetch = async () => new Response('', { status: 202 })
      const parts = { memberfulSecrets: ['s'], fetch: elsewhere }

      const { url, html } = await said(await inAdmin(repo, { admin: true }, parts))

      assert.equal(url, '/admin/memberships/inbox')
      assert.match(html, /It is not in the inbox: does the address lead to another site\?/)
    }),
  )

  it(
    'is put into the inbox by hand, and says so, where no secret is set',
    sandboxed(async (repo) => {
      const { html } = await said(await inAdmin(repo, { admin: true }))

      assert.match(
        html,
        /MEMBERFUL_WEBHOOK_SECRET is not set here, so that nothing could be signed/,
      )
      assert.deepEqual(await states(repo), ['received'])
    }),
  )
})
