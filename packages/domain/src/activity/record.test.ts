import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, castAssoc, change, check, cast, from, type Repo } from '@showrunner/data'
import { Episode, EpisodeGuest, episodeGuestChangeset, updateEpisode } from '../episodes/index.ts'
import { getPerson, Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { type Actor, repoFor, VISITOR } from '../policies/index.ts'
import { setRoles } from '../accounts/index.ts'
import { createTopic, updateTopic } from '../topics/index.ts'
import { formRow } from '../rows/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { Activity, type Changes, isShortened, record } from './index.ts'

const log = async (repo: Repo) => repo.all(from(Activity).orderBy({ id: 'asc' }))

/** An administrator, and the repo that acts for her. */
async function ada(repo: Repo) {
  const person = await aPerson(repo, 'Ada')
  const actor: Actor = { ...VISITOR, person, isAdmin: true }
  return { person, actor, asAda: repoFor(actor, repo) }
}

const NOTHING: Changes = { fields: {}, rows: [] }

describe('what somebody writes', () => {
  it(
    'is written down with who, what and each field before and after',
    sandboxed(async (repo) => {
      const { person, asAda } = await ada(repo)
      const created = await createTopic(asAda, { name: 'Tides', slug: 'tides' })
      assert.ok(created.ok)
      await updateTopic(asAda, created.value, { name: 'High tides', description: 'Water.' })

      const [first, second, ...more] = await log(repo)
      assert.deepEqual(more, [])
      assert.deepEqual([first?.personId, first?.personName], [person.id, 'Ada'])
      assert.deepEqual(
        [first?.action, first?.subjectType, first?.subjectId, first?.subjectTitle],
        ['created', 'topic', created.value.id, 'Tides'],
      )
      assert.deepEqual(first?.changes.fields, {
        name: { before: null, after: 'Tides' },
        slug: { before: null, after: 'tides' },
      })
      assert.deepEqual([first?.subjectVersion, second?.subjectVersion], [1, 2])
      assert.deepEqual([second?.action, second?.subjectTitle], ['updated', 'High tides'])
      // The HTML is made of the description, and nobody says it.
      assert.deepEqual(second?.changes, {
        fields: {
          name: { before: 'Tides', after: 'High tides' },
          description: { before: null, after: 'Water.' },
        },
        rows: [],
      })
    }),
  )

  it(
    'is not written down when it changes nothing, is refused or is undone',
    sandboxed(async (repo) => {
      const { asAda } = await ada(repo)
      const created = await createTopic(repo, { name: 'Tides', slug: 'tides' })
      assert.ok(created.ok)

      await updateTopic(asAda, created.value, { name: 'Tides' })
      await updateTopic(asAda, created.value, { name: '' })
      await createTopic(asAda, { name: 'Again', slug: 'tides' })
      await asAda
        .transaction(async () => {
          await updateTopic(asAda, created.value, { name: 'Undone' })
          throw new Error('undone')
        })
        .catch(() => undefined)

      assert.deepEqual(await log(repo), [])
    }),
  )

  it(
    'keeps the beginning of a long text, and tells two apart that begin alike',
    sandboxed(async (repo) => {
      const { asAda } = await ada(repo)
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'a' })
      const [one, other] = ['x'.repeat(5000), `${'x'.repeat(5000)}!`]
      const first = await updateEpisode(asAda, episode, { notes: one })
      assert.ok(first.ok)
      await updateEpisode(asAda, first.value, { notes: other })

      const [, second] = await log(repo)
      const kept = second?.changes.fields['notes']
      assert.ok(isShortened(kept?.before) && isShortened(kept.after))
      const { before, after } = kept
      assert.deepEqual([before.length, after.length], [5000, 5001])
      assert.equal(before.beginning.length, 300)
      assert.notEqual(before.digest, after.digest)
    }),
  )

  it(
    'tells of rows in relations by their names, not as changes of their own',
    sandboxed(async (repo) => {
      const { asAda } = await ada(repo)
      const [ben, cleo] = [await aPerson(repo, 'Ben'), await aPerson(repo, 'Cleo')]
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'a' })
      const { id } = await repo.insertOrThrow(
        build(EpisodeGuest, {
          podcastId: episode.podcastId,
          episodeId: episode.id,
          personId: ben.id,
        }),
      )
      const loaded = await repo.preload(episode, 'episodeGuests')
      const params = {
        title: 'New',
        episodeGuests: [
          { id, delete: 'true' },
          { personId: cleo.id, role: 'sings' },
          { role: 'guest' },
        ],
      }
      await asAda.updateOrThrow(
        check(
          cast(loaded, params, ['title']),
          castAssoc('episodeGuests', { with: formRow(episodeGuestChangeset) }),
        ),
      )

      const [activity, ...more] = await log(repo)
      assert.deepEqual(more, [])
      assert.deepEqual(activity?.podcastId, episode.podcastId)
      assert.deepEqual(activity?.changes.fields, { title: { before: 'a', after: 'New' } })
      assert.deepEqual(
        activity?.changes.rows
          .map(({ relation, change: became, title }) => [relation, became, title].join(' '))
          .toSorted(),
        ['episodeGuests added Cleo', 'episodeGuests removed Ben'],
      )
      const added = activity?.changes.rows.find((one) => one.change === 'added')
      assert.equal(added?.id, (await repo.getByOrThrow(EpisodeGuest, { personId: cleo.id })).id)
      assert.deepEqual(added?.fields['role'], { before: 'guest', after: 'sings' })
    }),
  )

  it(
    'says what was deleted, and keeps the history of a podcast and a person who are gone',
    sandboxed(async (repo) => {
      const { actor, asAda } = await ada(repo)
      const podcast = await aPodcast(asAda, { title: 'Gone' })
      const ben = await aPerson(asAda, 'Ben')
      await asAda.deleteOrThrow(podcast)
      await asAda.deleteOrThrow(ben)
      const masqueraded: Actor = {
        ...actor,
        person: await aPerson(repo, 'Cleo'),
        masquerader: { id: ben.id, handle: 'x' },
      }
      await repo.deleteOrThrow(await getPerson(repo, 'ada'))

      const all = await log(repo)
      assert.deepEqual(
        all.map(({ action, subjectType, subjectTitle, podcastId, personId, personName }) => [
          action,
          subjectType,
          subjectTitle,
          podcastId,
          personId,
          personName,
        ]),
        [
          ['created', 'podcast', 'Gone', null, null, 'Ada'],
          ['created', 'person', 'Ben', null, null, 'Ada'],
          ['deleted', 'podcast', 'Gone', null, null, 'Ada'],
          ['deleted', 'person', 'Ben', null, null, 'Ada'],
        ],
      )
      assert.deepEqual(all[2]?.changes.fields['title'], { before: 'Gone', after: null })
      assert.equal(masqueraded.masquerader?.id, ben.id)
    }),
  )

  it(
    'names what was done to what appears: published, scheduled, moved, taken back',
    sandboxed(async (repo) => {
      const { asAda } = await ada(repo)
      const podcast = await aPodcast(repo)
      let episode = await anEpisode(repo, podcast, {
        slug: 'a',
        published: false,
        publishedAt: null,
      })
      const steps = [
        { published: true, publishedAt: new Date('2099-01-01') },
        { publishedAt: new Date('2099-01-02') },
        { published: false },
        { published: true, publishedAt: new Date('2020-01-01') },
        { publishedAt: new Date('2020-01-02') },
        { title: 'New' },
        { published: false },
        { publishedAt: null },
      ]
      for (const step of steps) episode = await asAda.updateOrThrow(change(episode, step))

      assert.deepEqual(
        (await log(repo)).map(({ action }) => action),
        [
          'scheduled',
          'rescheduled',
          'unscheduled',
          'published',
          'updated',
          'updated',
          'unpublished',
          'updated',
        ],
      )
    }),
  )

  it(
    'says when roles change',
    sandboxed(async (repo) => {
      const { person, asAda } = await ada(repo)
      await setRoles(asAda, person, { editor: true })

      const [activity] = await log(repo)
      assert.equal(activity?.action, 'roles changed')
      assert.deepEqual(activity.changes.fields, { editor: { before: false, after: true } })
    }),
  )

  it(
    'is noted by hand where it is no row of one repo, with who acts in whose name',
    sandboxed(async (repo) => {
      const { person } = await ada(repo)
      const ben = await aPerson(repo, 'Ben')
      const subject = { type: 'person', id: ben.id, title: 'Ben' }
      const at = new Date('2026-01-01T00:00:00Z')
      await record(repo, { person: ben, masquerader: person }, { action: 'merged', subject, at })
      await record(repo, {}, { action: 'imported', subject, at })

      const [first, second] = await log(repo)
      assert.deepEqual(
        [first?.personName, first?.masqueraderName, first?.masqueraderId],
        ['Ben', 'Ada', person.id],
      )
      assert.deepEqual([first?.action, first?.at, first?.changes], ['merged', at, NOTHING])
      assert.deepEqual([second?.personId, second?.personName], [null, null])
    }),
  )

  it(
    'of a host is written down too, inside the walls of their podcasts',
    sandboxed(async (repo) => {
      const podcast = await aPodcast(repo)
      const another = await aPodcast(repo, { slug: 'another' })
      const episode = await anEpisode(repo, podcast, { slug: 'a' })
      const theirs = repoFor(
        { ...VISITOR, person: await aPerson(repo, 'Ben'), hostOf: [podcast.id] },
        repo,
      )

      await updateEpisode(theirs, episode, { title: 'Mine' })
      await assert.rejects(
        theirs.insert(build(Episode, { podcastId: another.id, slug: 'x', title: 'x', guid: 'x' })),
        { name: 'TenantError' },
      )

      assert.deepEqual(
        (await log(repo)).map(({ subjectTitle, podcastId }) => [subjectTitle, podcastId]),
        [['Mine', podcast.id]],
      )
      assert.equal(await repo.count(from(Podcast)), 2)
      assert.equal(await repo.count(from(Person)), 1)
    }),
  )
})
