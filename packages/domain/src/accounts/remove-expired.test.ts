import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aPerson, sandboxed } from '../testing/index.ts'
import {
  createSignInLink,
  findSession,
  findSignInLink,
  removeExpired,
  removeExpiredSignIns,
  startSession,
} from './index.ts'

const MINUTE_MS = 60_000
const NOW = new Date('2026-11-20T12:00:00Z')
const before = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE_MS)
const LONG_AGO = before(100 * 24 * 60)

describe('removeExpired', () => {
  it(
    'removes links and sessions that ran out, and no others',
    sandboxed(async (repo) => {
      const person = await aPerson(repo, 'Ada Byron')
      await startSession(repo, person, {}, LONG_AGO)
      await createSignInLink(repo, person, before(31))
      const link = await createSignInLink(repo, person, before(29))
      const { token } = await startSession(repo, person, {}, before(5))

      assert.deepEqual(await removeExpired(repo, NOW), { links: 1, sessions: 1 })
      assert.ok(await findSignInLink(repo, link, NOW))
      assert.equal((await findSession(repo, token, NOW))?.person.id, person.id)

      await removeExpiredSignIns.run({ repo, clock: () => before(-31 * 24 * 60) }, {})
      assert.equal(await findSession(repo, token, NOW), undefined)
    }),
  )
})
