import { build, from, type Params, type Repo, type Saved } from '@showrunner/data'
import { Topic, topicChangeset } from './topic.ts'

export async function listTopics(repo: Repo): Promise<readonly Topic[]> {
  return repo.all(from(Topic).orderBy({ name: 'asc', id: 'asc' }))
}

export async function findTopic(repo: Repo, slug: string): Promise<Topic | undefined> {
  return repo.getBy(Topic, { slug })
}

/** @throws NotFoundError */
export async function getTopic(repo: Repo, slug: string): Promise<Topic> {
  return repo.getByOrThrow(Topic, { slug })
}

export async function createTopic(repo: Repo, params: Params): Promise<Saved<typeof Topic>> {
  return repo.insert(topicChangeset(build(Topic), params))
}

export async function updateTopic(
  repo: Repo,
  topic: Topic,
  params: Params,
): Promise<Saved<typeof Topic>> {
  return repo.update(topicChangeset(topic, params))
}
