import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change, from, type Repo } from '@showrunner/data'
import { Activity } from '../activity/index.ts'
import { type Person } from '../people/index.ts'
import { aPerson, sandboxed } from '../testing/index.ts'
import { findSession, startMasquerade, startSession, stopMasquerade } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

async function masquerading(repo: Repo) {
  const admin = await repo.updateOrThrow(change(await aPerson(repo, 'Ada'), { admin: true }))
  const { token } = await startSession(repo, admin, {}, NOW)
  const ben = await aPerson(repo, 'Ben')
  const session = await findSession(repo, token, NOW)
  assert.ok(session)
  await startMasquerade(repo, session, ben, NOW)
  const whoAt = async (asOf: Date) => {
    const found = await findSession(repo, token, asOf)
    return [found?.person.handle, found?.masquerader?.handle]
  }
  return { admin, ben, token, whoAt }
}

const grant = (repo: Repo, person: Person, admin: boolean) =>
  repo.reloadOrThrow(person).then((now) => repo.updateOrThrow(change(now, { admin })))

describe('a masquerade', () => {
  it(
    'makes a session somebody else’s, until it is stopped, and both is written down',
    sandboxed(async (repo) => {
      const { token, whoAt } = await masquerading(repo)
      assert.deepEqual(await whoAt(NOW), ['ben', 'ada'])

      const session = await findSession(repo, token, NOW)
      assert.ok(session)
      await stopMasquerade(repo, session, later(5))

      assert.deepEqual(await whoAt(later(5)), ['ada', undefined])
      const log = await repo.all(from(Activity).orderBy({ at: 'asc', id: 'asc' }))
      assert.deepEqual(
        log.map(({ personName, action, subjectTitle }) => [personName, action, subjectTitle]),
        [
          ['Ada', 'masquerade began', 'Ben'],
          ['Ada', 'masquerade ended', 'Ben'],
        ],
      )
    }),
  )

  it(
    'ends after an hour, by itself',
    sandboxed(async (repo) => {
      const { whoAt } = await masquerading(repo)

      assert.deepEqual(await whoAt(later(59)), ['ben', 'ada'])
      assert.deepEqual(await whoAt(later(60)), ['ada', undefined])
    }),
  )

  it(
    'ends once the administrator is none any more, or the other has become one',
    sandboxed(async (repo) => {
      const { admin, ben, whoAt } = await masquerading(repo)

      await grant(repo, admin, false)
      assert.deepEqual(await whoAt(NOW), ['ada', undefined])
      await grant(repo, admin, true)
      await grant(repo, ben, true)
      assert.deepEqual(await whoAt(NOW), ['ada', undefined])
    }),
  )

  it(
    'ends when who it is about is gone',
    sandboxed(async (repo) => {
      const { ben, whoAt } = await masquerading(repo)

      await repo.deleteOrThrow(ben)

      assert.deepEqual(await whoAt(NOW), ['ada', undefined])
    }),
  )
})
