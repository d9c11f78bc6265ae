import { from, NotFoundError, type Repo } from '@showrunner/data'
import {
  Episode,
  episodesAboutTopic,
  EpisodeTopic,
  listed,
  type ListedEpisode,
  newestFirst,
  ofVisiblePodcasts,
  published,
} from '../episodes/index.ts'
import { type OnePage, pageOf } from '../lists/index.ts'
import { type Person } from '../people/index.ts'
import { inOrder, Podcast, podcastsAboutTopic, visible } from '../podcasts/index.ts'
import {
  type ListedPost,
  listPostsAbout,
  pagePostsAbout,
  Post,
  publishedPosts,
} from '../posts/index.ts'
import { getTopic, listTopics } from './topics.ts'
import { Topic } from './topic.ts'

/** A topic of which anybody may hear or read something, and how much. */
export type PublicTopic = Topic & { readonly episodes: number; readonly posts: number }

export type EpisodeAbout = ListedEpisode & {
  readonly podcast: Podcast
  readonly hosts: readonly Person[]
  readonly guests: readonly Person[]
}
export type PostAbout = ListedPost & { readonly author: Person }

export interface TopicPage {
  readonly topic: Topic
  /** The shows that are about it as a whole. */
  readonly podcasts: readonly Podcast[]
  readonly episodes: OnePage<EpisodeAbout>
  /** The newest. */
  readonly posts: readonly PostAbout[]
}

interface Asked {
  readonly asOf: Date
  readonly page: number
}

/** By name. */
export async function listPublicTopics(repo: Repo, asOf: Date): Promise<readonly PublicTopic[]> {
  const out = published(from(Episode).pipe(ofVisiblePodcasts), asOf)
  const [topics, withEpisodes, withPosts] = await Promise.all([
    listTopics(repo),
    repo.all(out.select('id').preload({ episodeTopics: from(EpisodeTopic).select('topicId') })),
    repo.all(publishedPosts(from(Post), asOf).select('id').preload('postTopics')),
  ])
  const episodes = counted(withEpisodes.map(({ episodeTopics }) => episodeTopics))
  const posts = counted(withPosts.map(({ postTopics }) => postTopics))
  return topics
    .map((topic) => ({
      ...topic,
      episodes: episodes.get(topic.id) ?? 0,
      posts: posts.get(topic.id) ?? 0,
    }))
    .filter((topic) => topic.episodes + topic.posts > 0)
}

function counted(rows: readonly (readonly { readonly topicId: number }[])[]) {
  const counts = new Map<number, number>()
  for (const { topicId } of rows.flat()) counts.set(topicId, (counts.get(topicId) ?? 0) + 1)
  return counts
}

/** @throws NotFoundError when there is no such topic, or nothing about it that anybody may hear or read. */
export async function getTopicPage(
  repo: Repo,
  slug: string,
  { asOf, page }: Asked,
): Promise<TopicPage> {
  const topic = await getTopic(repo, slug)
  const about = episodesAboutTopic(from(Episode).pipe(ofVisiblePodcasts), topic.id)
  const [podcasts, episodes, posts] = await Promise.all([
    repo.all(aboutIt(topic.id)),
    pageOf(
      repo,
      listed(newestFirst(published(about, asOf))).preload('podcast', 'hosts', 'guests'),
      page,
    ),
    listPostsAbout(repo, topic.id, asOf),
  ])
  if (podcasts.length + episodes.total + posts.length === 0) {
    throw new NotFoundError(Topic, `"${slug}" of which anybody may hear`)
  }
  return { topic, podcasts, episodes, posts }
}

/** @throws NotFoundError when there is no such topic, or no post about it, or no such page of them. */
export async function getTopicPosts(
  repo: Repo,
  slug: string,
  asked: Asked,
): Promise<{ readonly topic: Topic; readonly posts: OnePage<PostAbout> }> {
  const topic = await getTopic(repo, slug)
  const posts = await pagePostsAbout(repo, topic.id, asked)
  if (posts.total === 0) throw new NotFoundError(Post, `about "${slug}"`)
  return { topic, posts }
}

function aboutIt(topicId: number) {
  return podcastsAboutTopic(from(Podcast).pipe(visible, inOrder), topicId)
}
