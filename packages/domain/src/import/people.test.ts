import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { type Person as SaidPerson } from '@showrunner/feeds'
import { Person } from '../people/index.ts'
import { aPerson, sandboxed } from '../testing/index.ts'
import { partsOf } from './parts.ts'
import { resolvePeople } from './people.ts'

const said = (name: string, link: string | null = null, imageUrl: string | null = null) =>
  ({ name, link, imageUrl, role: 'host', group: 'cast' }) satisfies SaidPerson

const everybody = async (repo: Repo) => repo.all(from(Person).orderBy({ id: 'asc' }))
const HERE = 'https://here.example/'
const THERE = 'https://there.example/'

describe('resolvePeople', () => {
  it(
    'adds those it does not find, each with a handle of their own',
    sandboxed(async (repo) => {
      await aPerson(repo, 'Ada-Byron', { handle: 'ada-byron' })

      const idOf = await resolvePeople(repo, [
        said('Ada Byron', HERE, 'https://i.example/a'),
        said('播客'),
      ])

      const people = await everybody(repo)
      assert.deepEqual(
        people.map(({ name, handle, websiteUrl, avatarUrl }) => [
          name,
          handle,
          websiteUrl,
          avatarUrl,
        ]),
        [
          ['Ada-Byron', 'ada-byron', null, null],
          ['Ada Byron', 'ada-byron-2', HERE, 'https://i.example/a'],
          ['播客', 'person', null, null],
        ],
      )
      assert.equal(idOf(said('ada  byron', HERE)), people[1]?.id)
    }),
  )

  it(
    'takes the same name at another address for somebody else',
    sandboxed(async (repo) => {
      const idOf = await resolvePeople(repo, [
        said('Sam', HERE),
        said('Sam', THERE),
        said('Sam', HERE),
      ])

      assert.notEqual(idOf(said('Sam', HERE)), idOf(said('Sam', THERE)))
      assert.equal(await repo.count(Person), 2)

      const again = await resolvePeople(repo, [said('Sam', THERE), said('Sam', HERE)])
      assert.equal(again(said('Sam', HERE)), idOf(said('Sam', HERE)))
      assert.equal(await repo.count(Person), 2)
    }),
  )

  it(
    'knows a name in capitals that the locale of the database may not know',
    sandboxed(async (repo) => {
      const { id } = await aPerson(repo, 'Émile Øst', { handle: 'emile' })

      const idOf = await resolvePeople(repo, [said('ÉMILE  ØST'), said('E\u0301mile Øst')])

      assert.equal(idOf(said('ÉMILE ØST')), id)
      assert.equal(await repo.count(Person), 1)
    }),
  )

  it(
    'takes a bare name for whoever has it, when that is one person',
    sandboxed(async (repo) => {
      const idOf = await resolvePeople(repo, [said('Sam'), said('Sam', HERE)])
      assert.equal(idOf(said('Sam')), idOf(said('Sam', HERE)))

      const more = await resolvePeople(repo, [said('Sam', THERE)])
      const bare = await resolvePeople(repo, [said('Sam')])

      const known = [idOf(said('Sam', HERE)), more(said('Sam', THERE))]
      assert.ok(!known.includes(bare(said('Sam'))))
    }),
  )

  it(
    'knows somebody again whose address was changed here',
    sandboxed(async (repo) => {
      const idOf = await resolvePeople(repo, [said('Sam', HERE)])
      await repo.updateAll(Person, { websiteUrl: 'https://own.example' })

      const again = await resolvePeople(repo, [said('Sam', HERE)])

      assert.equal(again(said('Sam', HERE)), idOf(said('Sam', HERE)))
      assert.equal((await everybody(repo))[0]?.websiteUrl, 'https://own.example')
    }),
  )

  it(
    'knows somebody by their page here, as our own feed names them',
    sandboxed(async (repo) => {
      const pageOf = (handle: string) => `https://here.example/person/${handle}`
      const idOf = await resolvePeople(repo, [said('Sam', THERE)], pageOf)

      const again = await resolvePeople(repo, [said('Sam', pageOf('sam'))], pageOf)

      assert.equal(again(said('Sam', pageOf('sam'))), idOf(said('Sam', THERE)))
      assert.deepEqual(
        (await everybody(repo)).map(({ feedUrls }) => feedUrls),
        [[THERE]],
      )
    }),
  )

  it(
    'follows the feed with a picture from elsewhere, and keeps one put up here',
    sandboxed(async (repo) => {
      await resolvePeople(repo, [said('Sam', HERE, 'https://i.example/1'), said('Kim', HERE)])
      await repo.updateAll(from(Person).where({ name: 'Kim' }), { avatarUrl: '/uploads/kim.jpg' })

      await resolvePeople(repo, [
        said('Sam', HERE, 'https://i.example/2'),
        said('Sam', HERE, 'https://i.example/old'),
        said('Kim', HERE, 'https://i.example/kim'),
      ])

      assert.deepEqual(
        (await everybody(repo)).map(({ avatarUrl }) => avatarUrl),
        ['https://i.example/2', '/uploads/kim.jpg'],
      )
    }),
  )
})

describe('partsOf', () => {
  const people = (...roles: readonly [role: string, group?: string][]) =>
    partsOf(
      roles.map(([role, group = 'cast']) => ({ ...said(role), role, group })),
      ({ role }) => role.length,
    )

  it('tells hosts, guests and those behind the scenes apart', () => {
    const { hosts, guests, credits } = people(
      ['host'],
      ['co-host'],
      ['guest host'],
      ['guest'],
      ['narrator'],
      ['guest writer', 'writing'],
    )

    assert.deepEqual(
      hosts.map(({ role }) => role),
      ['host', 'co-host', 'guest host'],
    )
    assert.deepEqual(
      guests.map(({ role }) => role),
      ['guest'],
    )
    assert.deepEqual(
      credits.map(({ role, personGroup, position }) => [role, personGroup, position]),
      [
        ['narrator', 'cast', 0],
        ['guest writer', 'writing', 1],
      ],
    )
  })

  it('joins nobody twice', () => {
    assert.equal(people(['host'], ['host']).hosts.length, 1)
    assert.equal(people(['editor', 'audio'], ['editor', 'audio']).credits.length, 1)
  })
})
