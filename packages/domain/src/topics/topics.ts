import {
  build,
  change,
  type Changeset,
  from,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import {
  type InUse,
  type ListOptions,
  matching,
  type Paged,
  paged,
  sorted,
  withUses,
} from '../lists/index.ts'
import { Topic, topicChangeset } from './topic.ts'

export async function listTopics(repo: Repo): Promise<readonly Topic[]> {
  return repo.all(from(Topic).orderBy({ name: 'asc', id: 'asc' }))
}

export async function hasTopics(repo: Repo): Promise<boolean> {
  return repo.exists(from(Topic))
}

/** A topic, and how many episodes are about it. */
export type TopicInUse = InUse<Topic>

export const TOPIC_SORTS = ['name', '-insertedAt'] as const

/** A page of the topics, with how much each is used: for who sees every podcast. */
export async function searchTopics(
  repo: Repo,
  { q, sort, page }: ListOptions,
): Promise<Paged<TopicInUse>> {
  const found = sorted(matching(from(Topic), ['name', 'slug'], q), TOPIC_SORTS, sort)
  return withUses(repo, await paged(repo, found, page), 'episode_topics', 'topic_id')
}

/** @throws NotFoundError */
export async function getTopic(repo: Repo, slug: string): Promise<Topic> {
  return repo.getByOrThrow(Topic, { slug })
}

/** @throws NotFoundError */
export async function getTopicById(repo: Repo, id: number): Promise<Topic> {
  return repo.getOrThrow(Topic, id)
}

/** What a form begins with. */
export function editTopic(topic: Topic = build(Topic)): Changeset<typeof Topic> {
  return change(topic, {})
}

export async function createTopic(repo: Repo, params: Params): Promise<Saved<typeof Topic>> {
  return repo.insert(topicChangeset(build(Topic), params))
}

export async function updateTopic(
  repo: Repo,
  topic: Topic,
  params: Params,
): Promise<Saved<typeof Topic>> {
  return repo.update(topicChangeset(topic, params), AS_OPENED)
}

/** Deletes a topic, and takes it off whatever it was on. */
export async function deleteTopic(repo: Repo, topic: Topic): Promise<void> {
  await repo.deleteOrThrow(topic)
}
