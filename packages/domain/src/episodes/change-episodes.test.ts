import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, type Repo } from '@showrunner/data'
import { Activity } from '../activity/index.ts'
import { repoFor, VISITOR } from '../policies/index.ts'
import { anEpisode, aPerson, aPodcast, sandboxed } from '../testing/index.ts'
import { Topic } from '../topics/index.ts'
import { changeEpisodes, Episode, type EpisodesChange, listEpisodesOf } from './index.ts'

/** A podcast of somebody's with a draft and an episode that is out, and a draft of another's. */
async function threeEpisodes(repo: Repo) {
  const [podcast, other] = [await aPodcast(repo), await aPodcast(repo, { slug: 'other' })]
  const person = await aPerson(repo, 'Ada')
  const draft = { published: false, publishedAt: null }
  const episodes = [
    await anEpisode(repo, podcast, { slug: 'draft', ...draft }),
    await anEpisode(repo, podcast, { slug: 'out' }),
    await anEpisode(repo, other, { slug: 'foreign', ...draft }),
  ]
  const ids = episodes.map(({ id }) => id)
  const actor = { ...VISITOR, person, hostOf: [podcast.id] }
  const topic = await repo.insertOrThrow(build(Topic, { name: 'Tides', slug: 'tides' }))
  const of = { podcastId: podcast.id, ids }
  const doAll = (change: EpisodesChange) => changeEpisodes(repoFor(actor, repo), actor, of, change)
  return { actor, ids, of, other, topic, doAll }
}

describe('changeEpisodes', () => {
  it(
    'adds a topic to those that have it not, takes it off again, and counts and writes down each',
    sandboxed(async (repo) => {
      const { of, topic, doAll } = await threeEpisodes(repo)
      const topicsOf = async () =>
        (await listEpisodesOf(repo, of.podcastId, of.ids)).map(({ slug, episodeTopics }) => [
          slug,
          ...episodeTopics.map((one) => one.topic.slug),
        ])

      assert.deepEqual(await doAll({ action: 'add-topic', topicId: topic.id }), {
        ok: true,
        changed: 2,
      })
      assert.deepEqual(await topicsOf(), [
        ['draft', 'tides'],
        ['out', 'tides'],
      ])
      assert.deepEqual(await doAll({ action: 'add-topic', topicId: topic.id }), {
        ok: true,
        changed: 0,
      })
      const log = await repo.all(from(Activity).where({ subjectType: 'episode' }))
      assert.deepEqual(
        log.map(({ personName, subjectVersion, changes }) => [
          personName,
          subjectVersion,
          changes.rows[0]?.title,
        ]),
        [
          ['Ada', 2, 'Tides'],
          ['Ada', 2, 'Tides'],
        ],
      )

      await doAll({ action: 'remove-topic', topicId: topic.id })
      assert.deepEqual((await topicsOf()).flat().toSorted(), ['draft', 'out'])
    }),
  )

  it(
    'says of what kind they are, and whether they are explicit',
    sandboxed(async (repo) => {
      const { ids, doAll } = await threeEpisodes(repo)

      await doAll({ action: 'type', type: 'bonus' })
      await doAll({ action: 'explicit', explicit: true })
      const now = async () =>
        (await repo.all(from(Episode).orderBy({ id: 'asc' }))).map(({ type, explicit }) => [
          type,
          explicit,
        ])

      assert.deepEqual(await now(), [
        ['bonus', true],
        ['bonus', true],
        ['full', null],
      ])
      await doAll({ action: 'explicit', explicit: null })
      assert.deepEqual(
        (await now()).map(([, explicit]) => explicit),
        [null, null, null],
      )
      assert.equal(ids.length, 3)
    }),
  )

  it(
    'deletes drafts, and neither what is out nor what is another podcast’s, whatever the repo reaches',
    sandboxed(async (repo) => {
      const { actor, ids, of, other, doAll } = await threeEpisodes(repo)
      const stranger = { podcastId: other.id, ids }

      const foreign = await changeEpisodes(repo, actor, stranger, { action: 'delete' })
      assert.deepEqual(foreign, { ok: true, changed: 0 })
      assert.deepEqual(await doAll({ action: 'delete' }), { ok: true, changed: 1 })

      const left = await repo.all(from(Episode).orderBy({ id: 'asc' }))
      assert.deepEqual(
        left.map(({ slug }) => slug),
        ['out', 'foreign'],
      )
      assert.deepEqual(
        await changeEpisodes(repo, actor, { ...of, ids: [] }, { action: 'delete' }),
        {
          ok: true,
          changed: 0,
        },
      )
    }),
  )

  it(
    'changes none where one of them is refused',
    sandboxed(async (repo) => {
      const { topic, doAll } = await threeEpisodes(repo)
      await repo.deleteOrThrow(topic)

      const refused = await doAll({ action: 'add-topic', topicId: topic.id })

      assert.equal(refused.ok, false)
      const versions = await repo.all(from(Episode).select('lockVersion'))
      assert.deepEqual(
        versions.map(({ lockVersion }) => lockVersion),
        [1, 1, 1],
      )
    }),
  )
})
