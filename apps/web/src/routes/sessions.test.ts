import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listSessions, Session } from '@showrunner/domain/accounts'
import { aPerson, sandboxed } from '@showrunner/domain/testing'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { signedIn } from '../testing/signed-in.ts'
import { NOW, testApp } from '../testing/test-app.ts'

describe('the sessions', () => {
  it(
    'are shown to whose they are, this one first',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const ada = await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })
      const here = await signedIn(repo, ada)
      await signedIn(repo, ada, 'Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1')
      await signedIn(repo, await aPerson(repo, 'Eve'), 'Chrome/140.0 (Windows)')

      const { statusCode, body } = await app.inject({ url: '/~/sessions', headers: here })

      assert.equal(statusCode, 200)
      await assertValidHtml(body)
      assert.match(body, /Firefox on Linux <span class="here">this browser<.*Safari on iPhone/s)
      assert.doesNotMatch(body, /Chrome/)
    }),
  )

  it(
    'are ended one by one, by nobody else',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const ada = await aPerson(repo, 'Ada Byron')
      const here = await signedIn(repo, ada)
      await signedIn(repo, ada, 'Chrome/140.0 (Windows)')
      const eve = await signedIn(repo, await aPerson(repo, 'Eve'))
      const [other] = await listSessions(repo, ada, NOW)
      const end = (headers: Record<string, string>) =>
        app.inject({ method: 'POST', url: `/~/sessions/${other!.id}/end`, headers })

      await end(eve)
      assert.equal(await repo.count(Session), 3)
      const { statusCode, headers } = await end(here)

      assert.deepEqual([statusCode, headers.location], [303, '/~/sessions'])
      assert.deepEqual(
        (await listSessions(repo, ada, NOW)).map(({ userAgent }) => userAgent),
        ['Firefox/140.0 (Linux)'],
      )
    }),
  )

  it(
    'are ended everywhere else, or everywhere',
    sandboxed(async (repo) => {
      const app = await testApp(repo)
      const ada = await aPerson(repo, 'Ada Byron')
      const headers = await signedIn(repo, ada)
      await signedIn(repo, ada, 'Chrome/140.0 (Windows)')
      const eve = await signedIn(repo, await aPerson(repo, 'Eve'))

      await app.inject({ method: 'POST', url: '/~/sessions/end-others', headers })
      assert.equal((await listSessions(repo, ada, NOW)).length, 1)
      const all = await app.inject({ method: 'POST', url: '/~/sessions/end-all', headers })

      assert.equal(all.headers.location, '/in')
      assert.match(String(all.headers['set-cookie']), /^showrunner_session=; /)
      assert.deepEqual(await listSessions(repo, ada, NOW), [])
      assert.equal((await app.inject({ url: '/~/sessions', headers: eve })).statusCode, 200)
    }),
  )

  it(
    'lead who is not signed in to the form, and back',
    sandboxed(async (repo) => {
      const response = await (await testApp(repo)).inject('/~/sessions')

      assert.deepEqual(
        [response.statusCode, response.headers.location],
        [303, '/in?next=%2F~%2Fsessions'],
      )
    }),
  )
})
