import { from, type Loaded, type Repo } from '@showrunner/data'
import { EpisodeTopic } from '../episodes/index.ts'
import { type Paged, paged } from '../lists/index.ts'
import { Podcast, podcastsAboutTopic } from '../podcasts/index.ts'
import { Post, postsAboutTopic } from '../posts/index.ts'
import { type Topic } from './topic.ts'

/** An episode that is about a topic. */
export type AboutTopic = Loaded<typeof EpisodeTopic, [{ episode: 'podcast' }]>

/** A page of the episodes that are about a topic: drafts, and then the newest. */
export async function listEpisodesAbout(
  repo: Repo,
  { id: topicId }: Pick<Topic, 'id'>,
  page: number,
): Promise<Paged<AboutTopic>> {
  const about = from(EpisodeTopic)
    .where({ topicId })
    .join('episode')
    .orderBy({ 'episode.publishedAt': 'desc nulls first', id: 'desc' })
  return paged(repo, about.preload({ episode: 'podcast' }), page)
}

export interface OthersAbout {
  readonly podcasts: readonly Podcast[]
  readonly posts: readonly Post[]
}

/** The podcasts whose new episodes begin with a topic, and the posts about it. */
export async function listOthersAbout(repo: Repo, { id }: Pick<Topic, 'id'>): Promise<OthersAbout> {
  const [podcasts, posts] = await Promise.all([
    repo.all(
      from(Podcast)
        .pipe((podcasts) => podcastsAboutTopic(podcasts, id))
        .orderBy({ title: 'asc', id: 'asc' }),
    ),
    repo.all(
      from(Post)
        .pipe((posts) => postsAboutTopic(posts, id))
        .orderBy({ publishedAt: 'desc nulls first', id: 'desc' }),
    ),
  ])
  return { podcasts, posts }
}
