import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, errorMessages, type Repo, sql } from '@showrunner/data'
import { accountOf, tokenHash } from '../accounts/index.ts'
import { createEpisode, Episode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { type Podcast, PodcastHost } from '../podcasts/index.ts'
import { VISITOR } from '../policies/index.ts'
import { aPerson, aPodcast, sandboxed, testDatabase } from '../testing/index.ts'
import {
  ApiCreation,
  ApiToken,
  createToken,
  findBearer,
  forgetCreations,
  isExpired,
  listOwnTokens,
  makeOnce,
  may,
  mayOrThrow,
  revokeToken,
  searchTokens,
} from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const LATER = new Date('2027-11-20T12:00:00Z')

async function aHost(repo: Repo, name: string, podcasts: readonly Podcast[], roles = {}) {
  const handle = name.toLowerCase()
  const person = await repo.insertOrThrow(build(Person, { name, handle, host: true, ...roles }))
  for (const { id: podcastId } of podcasts) {
    await repo.insertOrThrow(build(PodcastHost, { podcastId, personId: person.id }))
  }
  return accountOf(repo, person)
}

const SAID = { name: 'CI', scopes: ['episodes:write'], allPodcasts: 'true', lasts: '30' }

describe('createToken', () => {
  it(
    'tells the secret once, and keeps its hash and its end',
    sandboxed(async (repo) => {
      const ada = await aHost(repo, 'Ada', [await aPodcast(repo)])

      const made = await createToken(repo, ada, SAID, NOW)

      assert.ok(made.ok)
      assert.match(made.secret, /^showrunner_[\w-]{43}$/)
      const [row] = await repo.run(
        sql<{ row: string }>`select to_jsonb(t)::text as row from api_tokens t`,
      )
      assert.ok(!row?.row.includes(made.secret))
      assert.equal(made.value.tokenHash, tokenHash(made.secret))
      assert.equal(made.value.hint, made.secret.slice(-4))
      assert.deepEqual(made.value.expiresAt, new Date('2026-12-20T12:00:00Z'))
      assert.deepEqual([isExpired(made.value, NOW), isExpired(made.value, LATER)], [false, true])
    }),
  )

  it(
    'refuses one that could do nothing, that reaches nothing, or that is one too many',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const foreign = await aPodcast(repo, { slug: 'foreign', title: 'Foreign' })
      const ada = await aHost(repo, 'Ada', [podcast])
      const errorsOf = async (said: object) => {
        const made = await createToken(repo, ada, { ...SAID, ...said }, NOW)
        return made.ok ? {} : errorMessages(made.changeset)
      }

      assert.deepEqual(Object.keys(await errorsOf({ scopes: [] })), ['scopes'])
      assert.deepEqual(Object.keys(await errorsOf({ scopes: ['everything'] })), ['scopes'])
      assert.deepEqual(Object.keys(await errorsOf({ name: ' ' })), ['name'])
      assert.deepEqual(Object.keys(await errorsOf({ lasts: '1000' })), ['expiresAt'])
      const others = { allPodcasts: 'false', podcasts: [foreign.id] }
      assert.deepEqual(Object.keys(await errorsOf(others)), ['allPodcasts'])
      assert.equal(await repo.count(ApiToken), 0)
      for (let count = 0; count < 20; count += 1) assert.deepEqual(await errorsOf({}), {})
      assert.deepEqual(Object.keys(await errorsOf({})), ['name'])
    }),
  )
})

describe('findBearer', () => {
  it(
    'is its owner as they are now, and writes down that it was used',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const ada = await aHost(repo, 'Ada', [podcast], { editor: true })
      const made = await createToken(repo, ada, SAID, NOW)
      assert.ok(made.ok)

      const before = await findBearer(repo, made.secret, NOW)
      await repo.run(sql`update people set host = false where id = ${ada.person.id}`)
      const after = await findBearer(repo, made.secret, LATER)

      assert.deepEqual(before?.actor.hostOf, [podcast.id])
      assert.equal(before?.actor.isEditor, false)
      assert.equal(before?.actor.via, 'the API, with “CI”')
      assert.deepEqual(after?.actor.hostOf, [])
      assert.equal(await findBearer(repo, `${made.secret}x`, NOW), undefined)
      const [listed] = await listOwnTokens(repo, ada.person)
      assert.deepEqual(listed?.lastUsedAt, LATER)
      await revokeToken(repo, made.value)
      assert.equal(await findBearer(repo, made.secret, NOW), undefined)
    }),
  )

  it(
    'reaches the podcasts it was made for, of an administrator too, and none its owner left',
    sandboxed(async (repo) => {
      const one = await aPodcast(repo)
      const other = await aPodcast(repo, { slug: 'other', title: 'Other' })
      const ada = await aHost(repo, 'Ada', [one, other])
      const root = await aHost(repo, 'Root', [], { admin: true, host: false })
      const said = { ...SAID, allPodcasts: 'false', podcasts: [one.id] }
      const [adas, roots] = [
        await createToken(repo, ada, said, NOW),
        await createToken(repo, root, said, NOW),
      ]
      assert.ok(adas.ok && roots.ok)

      const [asAda, asRoot] = [
        await findBearer(repo, adas.secret, NOW),
        await findBearer(repo, roots.secret, NOW),
      ]
      await repo.run(sql`update podcast_hosts set retired = true where podcast_id = ${one.id}`)
      const retired = await findBearer(repo, adas.secret, NOW)

      assert.deepEqual(asAda?.actor.hostOf, [one.id])
      assert.deepEqual([asRoot?.actor.hostOf, asRoot?.actor.isAdmin], [[one.id], false])
      assert.deepEqual(retired?.actor.hostOf, [])
    }),
  )
})

describe('makeOnce', () => {
  it(
    'makes one for a key, another for another, and refuses a key that meant something else',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const ada = await aHost(repo, 'Ada', [podcast])
      const made = await createToken(repo, ada, SAID, NOW)
      assert.ok(made.ok)
      const make = (key: string, title: string) =>
        makeOnce(repo, { token: made.value, key, asked: title }, () =>
          createEpisode(repo, podcast.id, { title }),
        )

      const [first, again, other] = [
        await make('a', 'Tides'),
        await make('a', 'Tides'),
        await make('b', 'Tides 2'),
      ]

      assert.ok(first.ok && again.ok && other.ok)
      assert.deepEqual([first.isReplayed, again.isReplayed, other.isReplayed], [false, true, false])
      assert.equal(first.value.id, again.value.id)
      assert.equal(await repo.count(Episode), 2)
      await assert.rejects(make('a', 'Clocks'), { name: 'KeyUsedError' })
      assert.equal((await make('c', '')).ok, false)
      assert.equal((await make('c', 'Right')).ok, true)
    }),
  )

  it('makes one for many who ask at the same moment', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database
    const podcast = await aPodcast(repo, { slug: 'made-once' })
    const ada = await aHost(repo, 'Ada', [podcast])
    const made = await createToken(repo, ada, SAID, NOW)
    assert.ok(made.ok)

    const all = await Promise.all(
      [1, 2, 3, 4].map(() =>
        makeOnce(repo, { token: made.value, key: 'a', asked: '' }, () =>
          createEpisode(repo, podcast.id, { title: 'Tides' }),
        ),
      ),
    )

    assert.equal(new Set(all.map((one) => (one.ok ? one.value.id : 0))).size, 1)
    assert.equal(all.filter(({ isReplayed }) => !isReplayed).length, 1)
  })

  it(
    'is forgotten after a week',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const made = await createToken(repo, await aHost(repo, 'Ada', [podcast]), SAID, NOW)
      assert.ok(made.ok)
      await makeOnce(repo, { token: made.value, key: 'a', asked: '' }, () =>
        createEpisode(repo, podcast.id, { title: 'Tides' }),
      )

      assert.equal(await forgetCreations(repo, new Date()), 0)
      assert.equal(await forgetCreations(repo, new Date(Date.now() + 8 * 24 * 3_600_000)), 1)
      assert.equal(await repo.count(ApiCreation), 0)
    }),
  )
})

describe('who may', () => {
  it(
    'make one is who works on a podcast, for themselves; who sees and revokes it is they and administrators',
    sandboxed(async (repo) => {
      const ada = await aHost(repo, 'Ada', [await aPodcast(repo)])
      const ben = await aPerson(repo, 'Ben')
      const root = { ...VISITOR, person: ben, isAdmin: true }
      const token = { personId: ada.person.id }

      assert.equal(may(ada, 'create', token), true)
      assert.equal(may({ ...ada, hostOf: [] }, 'create', token), false)
      assert.equal(may({ ...ada, masquerader: ben }, 'create', token), false)
      assert.equal(may(root, 'create', token), false)
      assert.deepEqual([may(root, 'list'), may(ada, 'list')], [true, false])
      assert.deepEqual([may(root, 'delete', token), may(ada, 'delete', token)], [true, true])
      assert.throws(() => mayOrThrow({ ...VISITOR, person: ben }, 'delete', token), {
        name: 'NotAllowedError',
      })
      assert.equal((await searchTokens(repo, { q: 'ada', page: 1 })).total, 0)
    }),
  )
})
