import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, change, from, type Repo, sql } from '@showrunner/data'
import { findSession, startSession } from '../accounts/index.ts'
import { Activity } from '../activity/index.ts'
import { EpisodeCredit, EpisodeGuest } from '../episodes/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { Post } from '../posts/index.ts'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import {
  deletePerson,
  deleteUnused,
  findByOldHandle,
  findPerson,
  freeHandle,
  listUnused,
  mergePeople,
  Person,
  previewMerge,
  updatePerson,
} from './index.ts'
import { POINTING } from './pointing.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const anAdmin = async (repo: Repo) =>
  repo.updateOrThrow(change(await aPerson(repo, 'Root'), { admin: true }))

describe('what points to people', () => {
  it(
    'is known, column by column, with what there can be one of: a new table cannot be forgotten',
    sandboxed(async (repo) => {
      const keys = await repo.run(
        sql<{ name: string; one: readonly string[] | null }>`
          select c.conrelid::regclass::text || '.' || a.attname as name,
            (select coalesce(
                array_agg(other.attname::text order by other.attname) filter (where other.attname is not null),
                '{}')
              from pg_index i
              left join pg_attribute other on other.attrelid = i.indrelid
                and other.attnum = any(i.indkey) and other.attnum <> a.attnum
              where i.indrelid = c.conrelid and i.indisunique and a.attnum = any(i.indkey)
              group by i.indrelid) as one
          from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
          where c.contype = 'f' and c.confrelid = 'people'::regclass order by 1`,
      )

      assert.ok(keys.length > 15, `found only ${keys.length} keys`)
      assert.deepEqual(
        POINTING.map((one) => ({
          name: `${one.table}.${one.column}`,
          one: 'oneFor' in one ? one.oneFor.toSorted() : null,
        })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        keys.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      )
    }),
  )
})

describe('mergePeople', () => {
  it(
    'moves whatever points to who goes, keeps the row there was of what there can be one of, and writes it down',
    sandboxed(async (repo) => {
      const root = await anAdmin(repo)
      const [kept, gone] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Ada B')]
      const podcast = await aPodcast(repo)
      const both = await anEpisode(repo, podcast, { slug: 'both' })
      const one = await anEpisode(repo, podcast, { slug: 'one' })
      const guest = (episodeId: number, personId: number, role: string) =>
        repo.insertOrThrow(
          build(EpisodeGuest, { podcastId: podcast.id, episodeId, personId, role }),
        )
      await guest(both.id, kept.id, 'hers')
      await guest(both.id, gone.id, 'the other’s')
      await guest(one.id, gone.id, 'guest')
      for (const role of ['editor', 'producer']) {
        await repo.insertOrThrow(
          build(EpisodeCredit, {
            podcastId: podcast.id,
            episodeId: one.id,
            personId: gone.id,
            role,
          }),
        )
      }
      await repo.insertOrThrow(
        build(EpisodeCredit, {
          podcastId: podcast.id,
          episodeId: one.id,
          personId: kept.id,
          role: 'editor',
        }),
      )
      const post = await aPost(repo, gone, { slug: 'hello' })
      const preview = await previewMerge(repo, gone, kept)
      assert.deepEqual(
        preview.uses.map(({ of, rows, there }) => [of, rows, there]),
        [
          ['episode_guests.person_id', 2, 1],
          ['episode_credits.person_id', 2, 1],
          ['posts.author_id', 1, 0],
        ],
      )

      const merged = await mergePeople(repo, { person: root }, { gone, kept }, NOW)

      assert.ok(merged.ok)
      const guests = await repo.all(from(EpisodeGuest).orderBy({ episodeId: 'asc' }))
      assert.deepEqual(
        guests.map(({ episodeId, personId, role }) => [episodeId, personId, role]),
        [
          [both.id, kept.id, 'hers'],
          [one.id, kept.id, 'guest'],
        ],
      )
      const credits = await repo.all(from(EpisodeCredit).orderBy({ role: 'asc' }))
      assert.deepEqual(
        credits.map(({ personId, role }) => [personId, role]),
        [
          [kept.id, 'editor'],
          [kept.id, 'producer'],
        ],
      )
      assert.equal((await repo.getOrThrow(Post, post.id)).authorId, kept.id)
      assert.equal(await repo.get(Person, gone.id), undefined)
      const [entry] = await repo.all(from(Activity).where({ action: 'merged' }))
      assert.deepEqual([entry?.personName, entry?.subjectId], ['Root', kept.id])
      assert.deepEqual(entry?.changes.fields['handle'], { before: 'ada-b', after: 'ada' })
    }),
  )

  it(
    'fills in what who stays does not say, hands on no role, and ends the sessions of who goes',
    sandboxed(async (repo) => {
      const root = await anAdmin(repo)
      const kept = await repo.updateOrThrow(
        change(await aPerson(repo, 'Ada', { bio: 'Hers.' }), { feedUrls: ['https://a.example'] }),
      )
      const gone = await repo.updateOrThrow(
        change(
          await aPerson(repo, 'Ada B', {
            email: 'ada@example.com',
            bio: 'Not hers.',
            websiteUrl: 'https://ada.example',
          }),
          { admin: true, host: true, feedUrls: ['https://a.example', 'https://b.example'] },
        ),
      )
      const { token } = await startSession(repo, gone, {}, NOW)
      const fresh = await repo.getOrThrow(Person, gone.id)
      const { filled, lostRoles } = await previewMerge(repo, fresh, kept)
      assert.deepEqual(filled, ['email', 'websiteUrl', 'signedInAt'])
      assert.deepEqual(lostRoles, ['admin', 'host'])

      await mergePeople(repo, { person: root }, { gone, kept }, NOW)

      const now = await repo.getOrThrow(Person, kept.id)
      assert.deepEqual(
        [now.email, now.bioHtml, now.websiteUrl, now.feedUrls],
        [
          'ada@example.com',
          '<p>Hers.</p>',
          'https://ada.example',
          ['https://a.example', 'https://b.example'],
        ],
      )
      assert.deepEqual([now.admin, now.editor, now.host], [false, false, false])
      assert.equal(await findSession(repo, token, NOW), undefined)
    }),
  )

  it(
    'says what a host can work on from then on, and which address nobody has any more',
    sandboxed(async (repo) => {
      const kept = await repo.updateOrThrow(
        change(await aPerson(repo, 'Ada', { email: 'ada@example.com' }), { host: true }),
      )
      const gone = await aPerson(repo, 'Ada B', { email: 'old@example.com' })
      const { id: podcastId } = await aPodcast(repo)
      await repo.insertOrThrow(build(PodcastHost, { podcastId, personId: gone.id }))

      const { opened, lostEmail } = await previewMerge(repo, gone, kept)

      assert.deepEqual(
        opened.map(({ slug }) => slug),
        ['local-time'],
      )
      assert.equal(lostEmail, 'old@example.com')
    }),
  )

  it(
    'lets every old handle lead to who stays, and gives it to nobody else',
    sandboxed(async (repo) => {
      const root = await anAdmin(repo)
      const [kept, gone] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Ada B')]
      const renamed = await updatePerson(repo, gone, { handle: 'ada-byron' })
      assert.ok(renamed.ok)

      await mergePeople(repo, { person: root }, { gone, kept }, NOW)

      assert.equal((await findByOldHandle(repo, 'ada-b'))?.id, kept.id)
      assert.equal((await findByOldHandle(repo, 'ada-byron'))?.id, kept.id)
      const taken = await updatePerson(repo, root, { handle: 'ada-byron' })
      assert.deepEqual(taken.ok || Object.keys(taken.changeset.errors), ['handle'])
      assert.equal(await freeHandle(repo, 'Ada Byron'), 'ada-byron-2')
      const own = await updatePerson(repo, await repo.reloadOrThrow(kept), { handle: 'ada-byron' })
      assert.ok(own.ok)
      assert.equal((await findByOldHandle(repo, 'ada'))?.handle, 'ada-byron')
      assert.equal(await findByOldHandle(repo, 'ada-byron'), undefined)
    }),
  )

  it(
    'merges nobody into themselves, and no administrator away who does it',
    sandboxed(async (repo) => {
      const root = await anAdmin(repo)
      const ada = await aPerson(repo, 'Ada')

      const same = await mergePeople(repo, { person: root }, { gone: ada, kept: ada }, NOW)
      const self = await mergePeople(repo, { person: root }, { gone: root, kept: ada }, NOW)

      assert.deepEqual(
        [same, self],
        [
          { ok: false, why: 'same' },
          { ok: false, why: 'self' },
        ],
      )
      assert.equal(await repo.count(Person), 2)
    }),
  )
})

describe('deletePerson', () => {
  it(
    'deletes who is named nowhere, but neither oneself nor the last administrator nor anybody whom an episode names',
    sandboxed(async (repo) => {
      const [root, ada, ben] = [
        await anAdmin(repo),
        await aPerson(repo, 'Ada'),
        await aPerson(repo, 'Ben'),
      ]
      const podcast = await aPodcast(repo)
      const { id: episodeId } = await anEpisode(repo, podcast, { slug: 'one' })
      await repo.insertOrThrow(
        build(EpisodeGuest, { podcastId: podcast.id, episodeId, personId: ada.id }),
      )

      const refused = await deletePerson(repo, { person: root }, ada)
      assert.deepEqual(refused, {
        ok: false,
        why: 'named',
        uses: [{ of: 'episode_guests.person_id', rows: 1, there: 0, names: true }],
      })
      assert.deepEqual(await deletePerson(repo, { person: root }, root), {
        ok: false,
        why: 'self',
      })
      assert.deepEqual(await deletePerson(repo, { person: ben }, root), {
        ok: false,
        why: 'last administrator',
      })
      assert.deepEqual(await deletePerson(repo, { person: root }, ben), { ok: true })
      assert.equal(await findPerson(repo, 'ben'), undefined)
    }),
  )

  it(
    'many at once deletes only those who never were anything',
    sandboxed(async (repo) => {
      const root = await anAdmin(repo)
      const podcast = await aPodcast(repo)
      const [named, mailed, idle] = [
        await aPerson(repo, 'Named'),
        await aPerson(repo, 'Mailed', { email: 'm@example.com' }),
        await aPerson(repo, 'Idle'),
      ]
      await repo.insertOrThrow(
        build(PodcastHost, { podcastId: podcast.id, personId: named.id, retired: true }),
      )
      const ids = [root.id, named.id, mailed.id, idle.id]

      assert.deepEqual(
        (await listUnused(repo, ids)).map(({ handle }) => handle),
        ['idle'],
      )
      assert.equal(await deleteUnused(repo, ids), 1)
      assert.equal(await repo.count(Person), 3)
    }),
  )
})
