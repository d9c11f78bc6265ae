import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import { aPerson, sandboxed } from '../testing/index.ts'
import {
  endSession,
  endSessions,
  findSession,
  listSessions,
  Session,
  signOut,
  startSession,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const after = (milliseconds: number) => new Date(NOW.getTime() + milliseconds)

async function signedIn(repo: Repo, name = 'Ada Byron') {
  return startSession(repo, await aPerson(repo, name), { userAgent: 'Firefox' }, NOW)
}

describe('a session', () => {
  it(
    'says who it is, and lives on while it is used, but not for ever',
    sandboxed(async (repo) => {
      const { token } = await signedIn(repo)

      for (const days of [29, 58, 87, 116, 145, 174, 179]) {
        const session = await findSession(repo, token, after(days * DAY_MS))
        assert.equal(session?.person.name, 'Ada Byron', `after ${days} days`)
      }
      assert.equal(await findSession(repo, token, after(180 * DAY_MS)), undefined)
      assert.equal(await findSession(repo, `${token}x`, NOW), undefined)
    }),
  )

  it(
    'ends when it is not used for thirty days',
    sandboxed(async (repo) => {
      const { token } = await signedIn(repo)

      assert.equal(await findSession(repo, token, after(30 * DAY_MS)), undefined)
      assert.ok(await findSession(repo, token, after(30 * DAY_MS - 1)))
    }),
  )

  it(
    'is not written to for every page',
    sandboxed(async (repo) => {
      const { token } = await signedIn(repo)

      await findSession(repo, token, after(59 * MINUTE_MS))
      const unseen = await repo.oneOrThrow(Session)
      await findSession(repo, token, after(60 * MINUTE_MS))
      const seen = await repo.oneOrThrow(Session)

      assert.deepEqual(unseen.lastSeenAt, NOW)
      assert.deepEqual(seen.lastSeenAt, after(60 * MINUTE_MS))
    }),
  )

  it(
    'ends when somebody signs out',
    sandboxed(async (repo) => {
      const { token } = await signedIn(repo)

      await signOut(repo, token)
      await signOut(repo, token)

      assert.equal(await findSession(repo, token, NOW), undefined)
    }),
  )

  it(
    'takes the place of the one its browser had, with another token',
    sandboxed(async (repo) => {
      const before = await signedIn(repo)

      const { token } = await startSession(repo, before.person, { previous: before.token }, NOW)

      assert.notEqual(token, before.token)
      assert.equal(await findSession(repo, before.token, NOW), undefined)
      assert.equal(await repo.count(Session), 1)
    }),
  )
})

describe('the sessions of somebody', () => {
  it(
    'are listed, the most recently used first, without those that ran out and those of others',
    sandboxed(async (repo) => {
      const { person } = await signedIn(repo)
      await signedIn(repo, 'Grace Hopper')
      await startSession(repo, person, { userAgent: 'Safari' }, after(DAY_MS))
      await startSession(repo, person, { userAgent: 'Old' }, after(-31 * DAY_MS))

      const sessions = await listSessions(repo, person, after(DAY_MS))

      assert.deepEqual(
        sessions.map(({ userAgent }) => userAgent),
        ['Safari', 'Firefox'],
      )
    }),
  )

  it(
    'can be ended one by one, but not those of others',
    sandboxed(async (repo) => {
      const ada = await signedIn(repo)
      const grace = await signedIn(repo, 'Grace Hopper')
      const [hers] = await listSessions(repo, grace.person, NOW)

      await endSession(repo, ada.person, hers!.id)
      assert.ok(await findSession(repo, grace.token, NOW))
      await endSession(repo, grace.person, hers!.id)

      assert.equal(await findSession(repo, grace.token, NOW), undefined)
      assert.ok(await findSession(repo, ada.token, NOW))
    }),
  )

  it(
    'can be ended all but this one, and all',
    sandboxed(async (repo) => {
      const { person, token } = await signedIn(repo)
      await startSession(repo, person, {}, NOW)
      await startSession(repo, person, {}, NOW)
      const grace = await signedIn(repo, 'Grace Hopper')
      const here = await findSession(repo, token, NOW)

      assert.equal(await endSessions(repo, person, here), 2)
      assert.ok(await findSession(repo, token, NOW))
      assert.equal(await endSessions(repo, person), 1)

      assert.equal(await findSession(repo, token, NOW), undefined)
      assert.ok(await findSession(repo, grace.token, NOW))
    }),
  )
})
