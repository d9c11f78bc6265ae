import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build, from, NotFoundError, type Repo } from '@showrunner/data'
import { Activity } from '../activity/index.ts'
import { EpisodeTopic, listEpisodesOf } from '../episodes/index.ts'
import { PodcastTopic } from '../podcasts/index.ts'
import { PostTopic } from '../posts/index.ts'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import { deleteUnusedTopics, listTopics, listTopicsOf, mergeTopics, Topic } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const aTopic = (repo: Repo, slug: string) => repo.insertOrThrow(build(Topic, { name: slug, slug }))

describe('mergeTopics', () => {
  it(
    'moves every use to the one that is kept, once, and says so in the log',
    sandboxed(async (repo) => {
      const [sea, ocean, water] = [
        await aTopic(repo, 'sea'),
        await aTopic(repo, 'ocean'),
        await aTopic(repo, 'water'),
      ]
      const [podcast, person] = [await aPodcast(repo), await aPerson(repo, 'Ada')]
      const { id: podcastId } = podcast
      const both = await anEpisode(repo, podcast, { slug: 'both' })
      const one = await anEpisode(repo, podcast, { slug: 'one' })
      const post = await aPost(repo, person)
      for (const [episodeId, topicId] of [
        [both.id, sea.id],
        [both.id, ocean.id],
        [both.id, water.id],
        [one.id, water.id],
      ] as const) {
        await repo.insertOrThrow(build(EpisodeTopic, { podcastId, episodeId, topicId }))
      }
      await repo.insertOrThrow(build(PodcastTopic, { podcastId, topicId: ocean.id }))
      await repo.insertOrThrow(build(PostTopic, { postId: post.id, topicId: water.id }))

      const ids = [sea.id, ocean.id, water.id]
      assert.equal(await mergeTopics(repo, { person }, { ids, keptId: sea.id }, NOW), 2)

      const episodes = await listEpisodesOf(repo, podcastId, [both.id, one.id])
      assert.deepEqual(
        episodes.map(({ episodeTopics, lockVersion }) => [
          episodeTopics.map(({ topicId }) => topicId),
          lockVersion > 1,
        ]),
        [
          [[sea.id], true],
          [[sea.id], true],
        ],
      )
      assert.deepEqual(await listTopicsOf(repo, ids), [
        { topic: await repo.getOrThrow(Topic, sea.id), uses: 4 },
      ])
      const log = await repo.all(from(Activity).where({ action: 'merged' }).orderBy({ id: 'asc' }))
      assert.deepEqual(
        log.map(({ personName, changes }) => [personName, changes.fields['slug']]),
        [
          ['Ada', { before: 'ocean', after: 'sea' }],
          ['Ada', { before: 'water', after: 'sea' }],
        ],
      )
    }),
  )

  it(
    'keeps all where there is nothing to keep, or nothing else to merge',
    sandboxed(async (repo) => {
      const { id } = await aTopic(repo, 'sea')

      await assert.rejects(mergeTopics(repo, {}, { ids: [id], keptId: 0 }, NOW), NotFoundError)
      assert.equal(await mergeTopics(repo, {}, { ids: [id], keptId: id }, NOW), 0)
      assert.equal((await listTopics(repo)).length, 1)
    }),
  )
})

describe('deleteUnusedTopics', () => {
  it(
    'deletes those that nothing is about',
    sandboxed(async (repo) => {
      const [used, unused] = [await aTopic(repo, 'used'), await aTopic(repo, 'unused')]
      const { id: podcastId } = await aPodcast(repo)
      await repo.insertOrThrow(build(PodcastTopic, { podcastId, topicId: used.id }))

      assert.equal(await deleteUnusedTopics(repo, [used.id, unused.id, 0]), 1)
      assert.deepEqual(
        (await listTopics(repo)).map(({ slug }) => slug),
        ['used'],
      )
    }),
  )
})
