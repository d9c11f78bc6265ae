import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { sandboxed, testDatabase } from '@showrunner/data/sandbox'
import { aPerson } from '../testing/index.ts'
import {
  createSignInLink,
  firstAdministrator,
  personForSession,
  Session,
  signIn,
  SignInLink,
  signInLinkWorks,
  signOut,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const after = (milliseconds: number) => new Date(NOW.getTime() + milliseconds)

describe('a sign-in link', () => {
  it(
    'signs its person in, once',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada Byron')
      const token = await createSignInLink(repo, ada, NOW)
      assert.equal(await signInLinkWorks(repo, token, NOW), true)

      const signedIn = await signIn(repo, token, NOW, 'Firefox')

      assert.equal(signedIn?.person.handle, 'ada-byron')
      assert.deepEqual(signedIn?.person.signedInAt, NOW)
      assert.equal(await signInLinkWorks(repo, token, NOW), false)
      assert.equal(await signIn(repo, token, NOW), undefined)
      assert.equal(await repo.count(Session), 1)
    }),
  )

  it(
    'runs out after half an hour',
    sandboxed(async (repo) => {
      const token = await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), NOW)

      assert.equal(await signIn(repo, token, after(30 * MINUTE_MS)), undefined)
      assert.equal(await repo.count(Session), 0)
      assert.ok(await signIn(repo, token, after(29 * MINUTE_MS)))
    }),
  )

  it(
    'is nowhere in the database, and neither is the session',
    sandboxed(async (repo) => {
      const token = await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), NOW)
      const signedIn = await signIn(repo, token, NOW)

      const kept = JSON.stringify([await repo.all(SignInLink), await repo.all(Session)])

      assert.ok(token.length >= 22 && (signedIn?.token.length ?? 0) >= 22)
      assert.ok(!kept.includes(token) && !kept.includes(signedIn?.token ?? ''))
      assert.equal(await signIn(repo, (await repo.all(SignInLink))[0]!.tokenHash, NOW), undefined)
    }),
  )

  it('lets one of two in who use it at the same moment', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database
    const token = await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), NOW)

    const tries = await Promise.all([1, 2, 3, 4].map(() => signIn(repo, token, NOW)))

    assert.equal(tries.filter((signedIn) => signedIn !== undefined).length, 1)
    assert.equal(await repo.count(Session), 1)
  })
})

describe('a session', () => {
  it(
    'says who it is, and lives on while it is used',
    sandboxed(async (repo) => {
      const link = await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), NOW)
      const { token } = (await signIn(repo, link, NOW))!

      assert.equal((await personForSession(repo, token, after(50 * DAY_MS)))?.name, 'Ada Byron')
      assert.equal((await personForSession(repo, token, after(100 * DAY_MS)))?.name, 'Ada Byron')
      assert.equal(await personForSession(repo, token, after(161 * DAY_MS)), undefined)
      assert.equal(await personForSession(repo, `${token}x`, NOW), undefined)
    }),
  )

  it(
    'is not written to for every page',
    sandboxed(async (repo) => {
      const link = await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), NOW)
      const { token } = (await signIn(repo, link, NOW))!

      await personForSession(repo, token, after(59 * MINUTE_MS))
      const unseen = await repo.oneOrThrow(from(Session))
      await personForSession(repo, token, after(60 * MINUTE_MS))
      const seen = await repo.oneOrThrow(from(Session))

      assert.deepEqual(unseen.lastSeenAt, NOW)
      assert.deepEqual(seen.lastSeenAt, after(60 * MINUTE_MS))
    }),
  )

  it(
    'ends when somebody signs out',
    sandboxed(async (repo) => {
      const link = await createSignInLink(repo, await aPerson(repo, 'Ada Byron'), NOW)
      const { token } = (await signIn(repo, link, NOW))!

      await signOut(repo, token)
      await signOut(repo, token)

      assert.equal(await personForSession(repo, token, NOW), undefined)
    }),
  )
})

describe('firstAdministrator', () => {
  it(
    'makes one when there is none, and finds that one again',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada Byron')
      await aPerson(repo, 'Administrator')

      const made = await firstAdministrator(repo)

      assert.equal(made.admin, true)
      assert.equal((await firstAdministrator(repo)).id, made.id)
    }),
  )
})
