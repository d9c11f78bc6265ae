import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { EpisodeTopic } from '../episodes/index.ts'
import { PodcastTopic } from '../podcasts/index.ts'
import { PostTopic } from '../posts/index.ts'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import { createTopic, listEpisodesAbout, listOthersAbout } from './index.ts'

describe('what is about a topic', () => {
  it(
    'are episodes, podcasts and posts, and none of another topic',
    sandboxed(async (repo) => {
      const [tides, other] = [
        await createTopic(repo, { name: 'Tides' }),
        await createTopic(repo, { name: 'Clocks' }),
      ]
      assert.ok(tides.ok && other.ok)
      const topicId = tides.value.id
      const podcast = await aPodcast(repo)
      const episode = await anEpisode(repo, podcast, { slug: 'noon' })
      const author = await aPerson(repo, 'Ada Byron')
      const post = await aPost(repo, author, { slug: 'wind' })
      await repo.insertAll(EpisodeTopic, [
        { episodeId: episode.id, podcastId: podcast.id, topicId },
        { episodeId: episode.id, podcastId: podcast.id, topicId: other.value.id },
      ])
      await repo.insertOrThrow(build(PodcastTopic, { podcastId: podcast.id, topicId }))
      await repo.insertOrThrow(build(PostTopic, { postId: post.id, topicId }))

      const { rows, total } = await listEpisodesAbout(repo, tides.value, 1)
      const others = await listOthersAbout(repo, tides.value)

      assert.equal(total, 1)
      assert.deepEqual(
        rows.map(({ episode: one }) => [one.slug, one.podcast.slug]),
        [['noon', 'local-time']],
      )
      assert.deepEqual(
        others.podcasts.map(({ slug }) => slug),
        ['local-time'],
      )
      assert.deepEqual(
        others.posts.map(({ slug }) => slug),
        ['wind'],
      )
      assert.deepEqual(await listOthersAbout(repo, other.value), { podcasts: [], posts: [] })
    }),
  )
})
