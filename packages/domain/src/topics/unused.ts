import { from, type Repo, sql } from '@showrunner/data'
import { countBy } from '../lists/index.ts'
import { Topic } from './topic.ts'

/** Where topics are named: in each table, the column with whose topic it is, once for each. */
export const USES = [
  { table: 'episode_topics', of: 'episode_id', owners: 'episodes' },
  { table: 'podcast_topics', of: 'podcast_id', owners: 'podcasts' },
  { table: 'post_topics', of: 'post_id', owners: 'posts' },
] as const

export interface CountedTopic {
  readonly topic: Topic
  /** How many episodes, podcasts and posts are about it. */
  readonly uses: number
}

/** These topics, with how much each is used: for who sees every podcast. */
export async function listTopicsOf(
  repo: Repo,
  ids: readonly number[],
): Promise<readonly CountedTopic[]> {
  if (ids.length === 0) return []
  const [topics, ...counts] = await Promise.all([
    repo.all(from(Topic).where('id', 'in', ids).orderBy({ name: 'asc', id: 'asc' })),
    ...USES.map(({ table }) => countBy(repo, table, 'topic_id', ids)),
  ])
  return topics.map((topic) => ({
    topic,
    uses: counts.reduce((sum, count) => sum + (count.get(topic.id) ?? 0), 0),
  }))
}

/** Deletes those of these topics that nothing is about, and says how many. */
export async function deleteUnusedTopics(repo: Repo, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  return repo.transaction(async () => {
    await lockTopics(repo, ids)
    const unused = (await listTopicsOf(repo, ids)).filter(({ uses }) => uses === 0)
    for (const { topic } of unused) await repo.deleteOrThrow(topic)
    return unused.length
  })
}

/** Whoever would name one of them waits, and finds what became of it. */
export async function lockTopics(repo: Repo, ids: readonly number[]): Promise<void> {
  await repo.run(sql`select id from topics where id = any(${ids}::bigint[]) order by id for update`)
}
