import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '@showrunner/data'
import { EpisodeTopic } from '../episodes/index.ts'
import { anEpisode, aPerson, aPodcast, aPost, sandboxed } from '../testing/index.ts'
import { PostTopic } from '../posts/index.ts'
import { getTopicPage, getTopicPosts, listPublicTopics, Topic } from './index.ts'

const FIRST = { asOf: new Date('2026-11-20T12:00:00Z'), page: 1 }
const NOT_FOUND = { name: 'NotFoundError' }

describe('the page of a topic', () => {
  it(
    'has the episodes and posts that anybody may see, and a topic without any has none',
    sandboxed(async (repo) => {
      const [tides, secret] = [
        await repo.insertOrThrow(build(Topic, { name: 'Tides', slug: 'tides' })),
        await repo.insertOrThrow(build(Topic, { name: 'Secret', slug: 'secret' })),
      ]
      const podcast = await aPodcast(repo)
      const out = await anEpisode(repo, podcast, { slug: 'out' })
      const draft = await anEpisode(repo, podcast, { slug: 'draft', published: false })
      const post = await aPost(repo, await aPerson(repo, 'Ada'), {
        slug: 'a-post',
        publishedAt: new Date('2026-02-01T09:00:00Z'),
      })
      for (const [episode, topic] of [
        [out, tides],
        [draft, tides],
        [draft, secret],
      ] as const) {
        const row = { episodeId: episode.id, podcastId: podcast.id, topicId: topic.id }
        await repo.insertOrThrow(build(EpisodeTopic, row))
      }
      await repo.insertOrThrow(build(PostTopic, { postId: post.id, topicId: tides.id }))

      const shown = await getTopicPage(repo, 'tides', FIRST)
      const listed = await listPublicTopics(repo, FIRST.asOf)

      assert.deepEqual(
        shown.episodes.rows.map(({ slug }) => slug),
        ['out'],
      )
      assert.deepEqual(
        shown.posts.map(({ slug, author }) => [slug, author.name]),
        [['a-post', 'Ada']],
      )
      assert.deepEqual(
        listed.map(({ slug, episodes, posts }) => ({ slug, episodes, posts })),
        [{ slug: 'tides', episodes: 1, posts: 1 }],
      )
      assert.equal((await getTopicPosts(repo, 'tides', FIRST)).posts.total, 1)
      await assert.rejects(getTopicPage(repo, 'secret', FIRST), NOT_FOUND)
      await assert.rejects(getTopicPage(repo, 'no-such', FIRST), NOT_FOUND)
      await assert.rejects(getTopicPage(repo, 'tides', { ...FIRST, page: 2 }), NOT_FOUND)
      await assert.rejects(getTopicPosts(repo, 'secret', FIRST), NOT_FOUND)
    }),
  )
})
