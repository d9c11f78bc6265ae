import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, castAssoc, change, check, errorMessages, type Repo } from '@showrunner/data'
import {
  Episode,
  episodeChangeset,
  EpisodeGuest,
  episodeGuestChangeset,
  EpisodeLink,
  episodeLinkChangeset,
  updateEpisode,
} from '../episodes/index.ts'
import { repoFor, VISITOR } from '../policies/index.ts'
import { getSettings, updateSettings } from '../settings/index.ts'
import { formRow, withRowsThere } from '../rows/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { createTopic, Topic, updateTopic } from '../topics/index.ts'
import { AS_OPENED, conflictOf, conflictWith, isOvertaken } from './index.ts'

/** Two editors who have the same topic open, as forms send it. */
async function twoEditors(repo: Repo) {
  const [ada, ben] = [await aPerson(repo, 'Ada'), await aPerson(repo, 'Ben')]
  const made = await createTopic(repo, {
    name: 'Tides',
    slug: 'tides',
    description: 'Water.\nMuch.',
  })
  assert.ok(made.ok)
  const { name, slug, description, lockVersion } = made.value
  const form = {
    name,
    slug,
    description: description?.replace('\n', '\r\n'),
    websiteUrl: '',
    lockVersion: String(lockVersion),
  }
  return {
    topic: made.value,
    form,
    asAda: repoFor({ ...VISITOR, person: ada, isAdmin: true }, repo),
    asBen: repoFor({ ...VISITOR, person: ben, isAdmin: true }, repo),
  }
}

describe('two editors', () => {
  it(
    'save one after the other: the second is refused and told what the first changed, and nothing is lost',
    sandboxed(async (repo) => {
      const { topic, form, asAda, asBen } = await twoEditors(repo)
      assert.ok(
        (
          await updateTopic(asAda, topic, {
            ...form,
            name: 'High tides',
            slug: 'high',
            description: topic.description,
          })
        ).ok,
      )
      // The route loads the row as it is now: what counts is the version that the form was opened with.
      const now = await repo.reloadOrThrow(topic)
      const mine = { ...form, name: 'Low tides', websiteUrl: 'https://tides.example' }
      const late = await updateTopic(asBen, now, mine)

      assert.ok(!late.ok)
      assert.ok(isOvertaken(late.changeset))
      assert.deepEqual(errorMessages(late.changeset), {
        lockVersion: ['has been changed by somebody else in the meantime'],
      })
      assert.equal((await repo.reloadOrThrow(topic)).name, 'High tides')

      const conflict = await conflictOf(asBen, late.changeset)
      assert.deepEqual(
        conflict?.changedBy.map(({ name }) => name),
        ['Ada'],
      )
      assert.deepEqual(conflict?.fields, [
        { name: 'name', theirs: 'High tides', yours: 'Low tides', before: 'Tides', isYours: true },
        { name: 'slug', theirs: 'high', yours: 'tides', before: 'tides', isYours: false },
      ])
      assert.deepEqual(conflict?.merged, {
        name: 'Low tides',
        websiteUrl: 'https://tides.example',
        lockVersion: '2',
      })

      assert.ok((await updateTopic(asBen, now, conflict.merged)).ok)
      const merged = await repo.reloadOrThrow(topic)
      assert.deepEqual(
        [merged.name, merged.slug, merged.description, merged.websiteUrl, merged.lockVersion],
        ['Low tides', 'high', 'Water.\nMuch.', 'https://tides.example', 3],
      )
    }),
  )

  it(
    'save what is the same, and nobody is bothered',
    sandboxed(async (repo) => {
      const { topic, form, asAda, asBen } = await twoEditors(repo)
      const said = { ...form, description: topic.description, name: 'High tides' }
      assert.ok((await updateTopic(asAda, topic, said)).ok)
      const again = await updateTopic(asBen, await repo.reloadOrThrow(topic), said)

      assert.ok(again.ok)
      assert.equal((await repo.reloadOrThrow(topic)).lockVersion, 2)
    }),
  )

  it(
    'save at the same moment: one is first, the other is told',
    sandboxed(async (repo) => {
      const { topic, form, asAda, asBen } = await twoEditors(repo)
      const results = await Promise.all([
        updateTopic(asAda, topic, { name: 'A', lockVersion: form.lockVersion }),
        updateTopic(asBen, topic, { name: 'B', lockVersion: form.lockVersion }),
      ])

      assert.deepEqual(new Set(results.map(({ ok }) => ok)), new Set([false, true]))
      const refused = results.find((one) => !one.ok)
      assert.ok(refused && !refused.ok)
      const conflict = await conflictOf(repo, refused.changeset)
      assert.deepEqual(
        conflict?.fields.map(({ name, isYours }) => [name, isYours]),
        [['name', true]],
      )
    }),
  )

  it(
    'are told of changes that nobody wrote down as well: what cannot be told apart is shown',
    sandboxed(async (repo) => {
      const { topic, form, asBen } = await twoEditors(repo)
      // A job, or SQL by hand: it counts the version on all the same.
      assert.equal(await repo.updateAll(Topic, { name: 'By hand' }), 1)
      const late = await updateTopic(asBen, await repo.reloadOrThrow(topic), {
        ...form,
        slug: 'mine',
      })

      assert.ok(!late.ok)
      const conflict = await conflictOf(asBen, late.changeset)
      assert.deepEqual(conflict?.changedBy, [])
      assert.deepEqual(
        conflict?.fields.map(({ name, theirs, yours, before }) => [name, theirs, yours, before]),
        [
          ['name', 'By hand', 'Tides', undefined],
          ['slug', 'tides', 'mine', undefined],
        ],
      )
    }),
  )

  it(
    'are told who deleted it',
    sandboxed(async (repo) => {
      const { topic, form, asAda, asBen } = await twoEditors(repo)
      await asAda.deleteOrThrow(topic)
      const late = await updateTopic(asBen, topic, { ...form, name: 'x' })

      assert.ok(!late.ok)
      const conflict = await conflictOf(asBen, late.changeset)
      assert.deepEqual([conflict?.version, conflict?.changedBy[0]?.name], [null, 'Ada'])
      assert.equal(conflict?.merged['name'], 'x')
    }),
  )

  it(
    'change the rows in a relation: each keeps what they added and took away',
    sandboxed(async (repo) => {
      const { asAda, asBen } = await twoEditors(repo)
      const [cleo, dan, eve] = [
        await aPerson(repo, 'Cleo'),
        await aPerson(repo, 'Dan'),
        await aPerson(repo, 'Eve'),
      ]
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'a' })
      const of = { podcastId: episode.podcastId, episodeId: episode.id }
      const guest = await repo.insertOrThrow(build(EpisodeGuest, { ...of, personId: cleo.id }))
      const [first, second] = [
        await repo.insertOrThrow(
          build(EpisodeLink, { ...of, title: 'One', url: 'https://one.example' }),
        ),
        await repo.insertOrThrow(
          build(EpisodeLink, { ...of, title: 'Two', url: 'https://two.example' }),
        ),
      ]
      const sent = {
        lockVersion: '1',
        episodeGuests: [{ id: guest.id, personId: cleo.id }],
        links: {
          0: { id: first.id, title: 'One', url: first.url },
          1: { id: second.id, title: 'Two', url: second.url },
        },
      }
      const hers = {
        ...sent,
        episodeGuests: [...sent.episodeGuests, { personId: dan.id }],
        links: { 0: { ...sent.links[0], title: 'Uno' }, 1: { ...sent.links[1], delete: 'true' } },
      }
      const his = {
        ...sent,
        episodeGuests: [{ id: guest.id, delete: 'true' }, { personId: eve.id }],
        links: { ...sent.links, 0: { ...sent.links[0], url: 'https://eins.example' } },
      }
      assert.ok((await save(asAda, episode, hers)).ok)

      const late = await save(asBen, episode, his)
      assert.ok(!late.ok)
      const conflict = await conflictOf(asBen, late.changeset)
      assert.deepEqual(
        conflict?.rows
          .map((one) => [one.relation, one.change, one.title, one.by].join(' '))
          .toSorted(),
        ['episodeGuests added Dan Ada', 'links changed Uno Ada', 'links removed Two Ada'],
      )
      assert.ok((await save(asBen, episode, conflict.merged)).ok)

      const now = await repo.preload(await repo.reloadOrThrow(episode), {
        episodeGuests: ['person'],
        links: [],
      })
      assert.deepEqual(now.episodeGuests.map(({ person }) => person.name).toSorted(), [
        'Dan',
        'Eve',
      ])
      assert.deepEqual(
        now.links.map(({ title, url }) => [title, url]),
        [['Uno', 'https://eins.example']],
      )
    }),
  )
})

/** As a form of an episode with its guests and links is saved. */
async function save(repo: Repo, { id }: Episode, params: object) {
  const guests = await repo.preload(await repo.getOrThrow(Episode, id), 'episodeGuests')
  const row = await repo.preload(guests, 'links')
  const sent = withRowsThere(params, 'episodeGuests', row.episodeGuests.map(idAlone))
  const changeset = check(
    episodeChangeset(row, withRowsThere(sent, 'links', row.links.map(idAlone))),
    castAssoc('episodeGuests', { with: formRow(episodeGuestChangeset) }),
    castAssoc('links', { with: formRow(episodeLinkChangeset) }),
  )
  return repo.update(changeset, AS_OPENED)
}

const idAlone = ({ id }: { readonly id: number }) => ({ id })

describe('conflictWith', () => {
  it(
    'finds none where the form was opened with the version that there is, or says none',
    sandboxed(async (repo) => {
      const { topic, form } = await twoEditors(repo)

      assert.equal(await conflictWith(repo, topic, { ...form, name: 'x' }), undefined)
      assert.equal(await conflictWith(repo, topic, { name: 'x' }), undefined)
    }),
  )
})

describe('asOpened', () => {
  it(
    'refuses what is no version as an error, and writes nothing',
    sandboxed(async (repo) => {
      const { topic, form } = await twoEditors(repo)
      for (const lockVersion of ['x', '-1', '99999999999', '1e3']) {
        const saved = await updateTopic(repo, topic, { ...form, name: 'y', lockVersion })
        assert.ok(!saved.ok)
        assert.deepEqual(errorMessages(saved.changeset), { lockVersion: ['is invalid'] })
        assert.equal(await conflictOf(repo, saved.changeset), undefined)
      }
      assert.equal((await repo.reloadOrThrow(topic)).name, 'Tides')
    }),
  )

  it(
    'goes by the version that a row was read with where there is no form',
    sandboxed(async (repo) => {
      const topic = await repo.insertOrThrow(build(Topic, { name: 'Tides', slug: 'tides' }))
      assert.ok((await updateTopic(repo, topic, { name: 'One' })).ok)
      const late = await updateTopic(repo, topic, { name: 'Two' })

      assert.ok(!late.ok && isOvertaken(late.changeset))
      assert.equal((await repo.reloadOrThrow(topic)).name, 'One')
      assert.ok((await updateSettings(repo, { title: 'One' })).ok)
      assert.ok((await updateSettings(repo, { title: 'Two' })).ok)
      assert.equal((await getSettings(repo)).lockVersion, 3)
    }),
  )

  it(
    'counts every write of a row on, but those of what no form shows',
    sandboxed(async (repo) => {
      const episode = await anEpisode(repo, await aPodcast(repo), { slug: 'a' })
      const version = async () => (await repo.reloadOrThrow(episode)).lockVersion

      await repo.updateOrThrow(change(episode, { chaptersDigest: 'x', imported: {} }))
      assert.equal(await version(), 1)
      await repo.updateOrThrow(change(episode, { audioBytes: 7 }))
      assert.equal(await version(), 2)
      await updateEpisode(repo, await repo.reloadOrThrow(episode), { title: 'x' })
      assert.equal(await version(), 3)
    }),
  )
})
