import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { authorizeAddress, newAttempt, verifiedPerson } from './index.ts'
import { fakeGithub, type FakeUser } from './testing/index.ts'

const REDIRECT = 'https://radio.example/in/github/back'
const ADA: FakeUser = {
  login: 'ada',
  name: ' Ada Byron ',
  emails: [
    { email: 'old@example.com', verified: true, primary: false },
    { email: 'fake@example.com', verified: false, primary: false },
    { email: 'Ada@Example.com', verified: true, primary: true },
  ],
}

describe('authorizeAddress', () => {
  it('asks for addresses and nothing more, with a state and a challenge', () => {
    const attempt = newAttempt()

    const url = new URL(
      authorizeAddress({ clientId: 'radio', clientSecret: 'x' }, attempt, REDIRECT),
    )

    assert.equal(url.origin + url.pathname, 'https://github.com/login/oauth/authorize')
    const { code_challenge, ...rest } = Object.fromEntries(url.searchParams)
    assert.deepEqual(rest, {
      client_id: 'radio',
      redirect_uri: REDIRECT,
      scope: 'user:email',
      state: attempt.state,
      code_challenge_method: 'S256',
    })
    assert.ok(code_challenge && !url.href.includes(attempt.verifier))
    assert.notEqual(newAttempt().state, attempt.state)
  })
})

describe('verifiedPerson', () => {
  it('is who the code belongs to, by the addresses that are verified', async (t) => {
    const { app, approve } = await fakeGithub(t)
    const attempt = newAttempt()
    const back = approve(authorizeAddress(app, attempt, REDIRECT), ADA)
    const code = back.searchParams.get('code') ?? ''

    const person = await verifiedPerson(app, { ...attempt, code, redirectUri: REDIRECT })

    assert.deepEqual(person, { name: 'Ada Byron', emails: ['ada@example.com', 'old@example.com'] })
    await assert.rejects(verifiedPerson(app, { ...attempt, code, redirectUri: REDIRECT }), {
      name: 'GithubError',
      message: 'GitHub did not take the code: bad_verification_code.',
    })
  })

  it('is nobody with another verifier, or no verified address', async (t) => {
    const { app, approve } = await fakeGithub(t)
    const attempt = newAttempt()
    const askAs = (user: FakeUser, verifier: string) => {
      const back = approve(authorizeAddress(app, attempt, REDIRECT), user)
      const code = back.searchParams.get('code') ?? ''
      return verifiedPerson(app, { code, verifier, redirectUri: REDIRECT })
    }

    await assert.rejects(askAs(ADA, newAttempt().verifier), { message: /did not take the code/ })
    const unverified = { login: 'eve', emails: [{ ...ADA.emails[1]!, primary: true }] }
    await assert.rejects(askAs(unverified, attempt.verifier), {
      message: 'GitHub knows no verified address of this user.',
    })
  })

  it('says when GitHub does not answer, without what was sent', async () => {
    const app = { clientId: 'radio', clientSecret: 's3cret', site: 'http://127.0.0.1:1' }
    const asked = verifiedPerson(app, { code: 'c0de', verifier: 'v', redirectUri: REDIRECT })

    await assert.rejects(asked, (error: Error) => {
      assert.equal(error.message, 'GitHub did not answer /login/oauth/access_token.')
      assert.doesNotMatch(String(error.stack), /s3cret|c0de/)
      return true
    })
  })
})
