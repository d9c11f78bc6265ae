import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type Repo } from '@showrunner/data'
import { Session } from '@showrunner/domain/accounts'
import { Person } from '@showrunner/domain/people'
import { aPerson, sandboxed } from '@showrunner/domain/testing'
import { type FakeUser, fakeGithub } from '@showrunner/github/testing'
import { assertValidHtml } from '../testing/assert-valid-html.ts'
import { NOW, page, testApp } from '../testing/test-app.ts'

const ADA: FakeUser = {
  login: 'ada',
  name: 'Ada Byron',
  emails: [{ email: 'ada@example.com', verified: true, primary: true }],
}

/** A browser that goes to GitHub from the sign-in page. */
async function going(t: Pick<TestContext, 'after'>, repo: Repo, from = '/in/github') {
  const { app: github, approve } = await fakeGithub(t)
  const app = await testApp(repo, { github })
  const started = await app.inject(from)
  const cookie = String(started.headers['set-cookie'])
  return {
    app,
    approve: (user: FakeUser) => approve(String(started.headers.location), user),
    cookie,
    comeBack: ({ pathname, search }: URL, jar = cookie.split(';')[0]) =>
      app.inject({ url: pathname + search, headers: { cookie: jar } }),
  }
}

describe('signing in with GitHub', () => {
  it('makes a member of who is new, and knows them again', async (t) => {
    await sandboxed(async (repo) => {
      const first = await going(t, repo)
      const { statusCode, headers } = await first.comeBack(first.approve(ADA))
      const second = await going(t, repo)
      await second.comeBack(second.approve({ ...ADA, name: 'Other' }))

      assert.deepEqual([statusCode, headers.location], [303, '/in'])
      assert.match(
        String(headers['set-cookie']),
        /showrunner_session=[\w-]{43}; .*HttpOnly; Secure/,
      )
      assert.match(
        first.cookie,
        /^showrunner_github=.*Path=\/in\/github; HttpOnly; Secure; SameSite=Lax/,
      )
      const people = await repo.all(Person)
      assert.deepEqual(
        people.map(({ name, email, admin }) => [name, email, admin]),
        [['Ada Byron', 'ada@example.com', false]],
      )
      assert.deepEqual(people[0]?.signedInAt, NOW)
      assert.equal(await repo.count(Session), 2)
    })(t)
  })

  it('is signing in as whoever has the verified address, and never by one that is not', async (t) => {
    await sandboxed(async (repo) => {
      await aPerson(repo, 'Grace Hopper', { email: 'grace@example.com' })
      const { approve, comeBack } = await going(t, repo)
      const eve: FakeUser = {
        login: 'eve',
        emails: [
          { email: 'grace@example.com', verified: false, primary: true },
          { email: 'eve@example.com', verified: true, primary: false },
        ],
      }

      await comeBack(approve(eve))

      const session = await repo.oneOrThrow(Session)
      const { email } = await repo.getOrThrow(Person, session.personId)
      assert.equal(email, 'eve@example.com')
    })(t)
  })

  it('leads to the page that was wanted', async (t) => {
    await sandboxed(async (repo) => {
      const { approve, comeBack } = await going(t, repo, '/in/github?next=%2F~%2Fsessions')

      assert.equal((await comeBack(approve(ADA))).headers.location, '/~/sessions')
    })(t)
  })

  it('takes no answer but to what this browser asked, and none twice', async (t) => {
    await sandboxed(async (repo) => {
      const { approve, comeBack, app } = await going(t, repo)
      const back = approve(ADA)
      const forged = new URL(back)
      forged.searchParams.set('state', 'guessed')

      const refused = [
        await comeBack(back, ''),
        await comeBack(back, 'showrunner_github={"state":""}'),
        await comeBack(forged),
        await comeBack(new URL('https://radio.example/in/github/back?error=access_denied')),
      ]
      assert.deepEqual(
        refused.map(({ statusCode }) => statusCode),
        [400, 400, 400, 400],
      )
      await assertValidHtml(refused[0]?.body ?? '')
      assert.match(refused[0]?.body ?? '', /GitHub did not sign you in/)
      assert.equal(await repo.count(Session), 0)

      assert.equal((await comeBack(back)).statusCode, 303)
      assert.equal((await comeBack(back)).statusCode, 400)
      assert.equal(await repo.count(Session), 1)
      assert.match((await page(app, '/in')).html, /href="\/in\/github" data-turbo="false"/)
    })(t)
  })

  it('is not offered where it is not set up', async (t) => {
    await sandboxed(async (repo) => {
      const app = await testApp(repo)

      assert.doesNotMatch((await page(app, '/in')).html, /GitHub/)
      assert.equal((await page(app, '/in/github')).status, 410)
    })(t)
  })
})
