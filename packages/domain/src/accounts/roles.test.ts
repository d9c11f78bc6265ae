import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages, type Repo } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { type Podcast, PodcastHost } from '../podcasts/index.ts'
import { aPerson, aPodcast, sandboxed, testDatabase } from '../testing/index.ts'
import { accountOf, setRoles } from './index.ts'

async function hosts(repo: Repo, { id: podcastId }: Podcast, person: Person, retired = false) {
  await repo.insertOrThrow(build(PodcastHost, { podcastId, personId: person.id, retired }))
}

describe('accountOf', () => {
  it(
    'is a member’s for who has no role',
    sandboxed(async (repo) => {
      const person = await aPerson(repo, 'Ada Byron')

      assert.deepEqual(await accountOf(repo, person), {
        person,
        isAdmin: false,
        isEditor: false,
        hostOf: [],
      })
    }),
  )

  it(
    'names the podcasts that a host hosts, and did not retire from',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada Byron')
      const [now, then, other] = [
        await aPodcast(repo, { slug: 'now' }),
        await aPodcast(repo, { slug: 'then' }),
        await aPodcast(repo, { slug: 'other' }),
      ]
      await hosts(repo, now, ada)
      await hosts(repo, then, ada, true)
      await hosts(repo, other, await aPerson(repo, 'Grace Hopper'))
      assert.deepEqual((await accountOf(repo, ada)).hostOf, [])

      const made = await setRoles(repo, ada, { host: true })

      assert.ok(made.ok)
      assert.deepEqual((await accountOf(repo, made.value)).hostOf, [now.id])
    }),
  )
})

describe('setRoles', () => {
  it(
    'gives and takes roles, and nothing else',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada Byron')

      const made = await setRoles(repo, ada, { editor: true, admin: 'true', name: 'Eve' })
      assert.ok(made.ok)
      const { name, admin, editor, host } = made.value
      const taken = await setRoles(repo, made.value, { editor: false })

      assert.deepEqual([name, admin, editor, host], ['Ada Byron', true, true, false])
      assert.deepEqual(taken.ok && [taken.value.admin, taken.value.editor], [true, false])
    }),
  )

  it('leaves an administrator, also when two take it from each other at the same moment', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database
    const people = await Promise.all(
      ['Ada Byron', 'Grace Hopper'].map(async (name) => {
        const made = await setRoles(repo, await aPerson(repo, name), { admin: true })
        assert.ok(made.ok)
        return made.value
      }),
    )

    const results = await Promise.all(
      people.map((person) => setRoles(repo, person, { admin: false })),
    )

    assert.equal((await repo.all(Person)).filter(({ admin }) => admin).length, 1)
    const refused = results.find(({ ok }) => !ok)
    assert.ok(refused && !refused.ok)
    assert.deepEqual(errorMessages(refused.changeset)['admin'], [
      'is needed: make somebody else an administrator first',
    ])
  })
})
