import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sandboxed } from '@showrunner/data/sandbox'
import { createPerson } from '../people/index.ts'
import {
  createSignInLink,
  personForSession,
  removeExpired,
  signIn,
  signInLinkWorks,
} from './index.ts'

const MINUTE_MS = 60_000
const NOW = new Date('2026-11-20T12:00:00Z')
const before = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE_MS)
const LONG_AGO = before(100 * 24 * 60)

describe('removeExpired', () => {
  it(
    'removes links and sessions that ran out, and no others',
    sandboxed(async (repo) => {
      const saved = await createPerson(repo, { name: 'Ada', handle: 'ada' })
      assert.ok(saved.ok)
      const person = saved.value
      await signIn(repo, await createSignInLink(repo, person, LONG_AGO), LONG_AGO)
      await createSignInLink(repo, person, before(31))
      const link = await createSignInLink(repo, person, before(29))
      const session = await signIn(repo, await createSignInLink(repo, person, before(5)), before(5))
      assert.ok(session)

      assert.deepEqual(await removeExpired(repo, NOW), { links: 2, sessions: 1 })
      assert.equal(await signInLinkWorks(repo, link, NOW), true)
      assert.equal((await personForSession(repo, session.token, NOW))?.id, person.id)

      const later = new Date(NOW.getTime() + 61 * 24 * 60 * MINUTE_MS)
      assert.deepEqual(await removeExpired(repo, later), { links: 2, sessions: 1 })
    }),
  )
})
