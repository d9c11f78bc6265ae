import { from, type Repo } from '@showrunner/data'
import { NewsItem } from './news-item.ts'
import { nextFirst } from './scopes.ts'

/** A place behind all that is queued. */
export async function lastInQueue(repo: Repo): Promise<number> {
  const [last] = await repo.all(
    from(NewsItem)
      .where({ status: 'queued' })
      .orderBy({ queuePosition: 'desc', id: 'desc' })
      .limit(1),
  )
  return (last?.queuePosition ?? 0) + 1
}

/** Puts the queue in this order. What it does not name, as it was queued since, follows as it did; what is no longer queued is left. */
export async function reorderQueue(repo: Repo, ids: readonly number[]): Promise<void> {
  await repo.transaction(async () => {
    const queue = await repo.all(
      nextFirst(from(NewsItem).where({ status: 'queued' })).lock('for update'),
    )
    const wanted = new Map(ids.map((id, index) => [id, index]))
    const placeOf = ({ id }: NewsItem) => wanted.get(id) ?? ids.length
    const inOrder = queue.toSorted((one, other) => placeOf(one) - placeOf(other))
    for (const [index, { id, queuePosition }] of inOrder.entries()) {
      if (queuePosition === index + 1) continue
      await repo.updateAll(from(NewsItem).where({ id }), { queuePosition: index + 1 })
    }
  })
}

/** What is next, if anything is. */
export async function nextInQueue(repo: Repo): Promise<NewsItem | undefined> {
  return repo.one(nextFirst(from(NewsItem).where({ status: 'queued' })).limit(1))
}
