import { from, type Repo, sql } from '@showrunner/data'
import { type Doer, record } from '../activity/index.ts'
import { Topic } from './topic.ts'
import { lockTopics, USES } from './unused.ts'

/**
 * Makes one topic of several: what is about one of them is about `keptId` instead, once, and they are gone. Of those given,
 * the one that is kept stays. Says how many are gone.
 *
 * @throws NotFoundError when there is none to keep
 */
export async function mergeTopics(
  repo: Repo,
  actor: Doer,
  { ids, keptId }: { readonly ids: readonly number[]; readonly keptId: number },
  asOf: Date,
): Promise<number> {
  return repo.transaction(async () => {
    await lockTopics(repo, [...ids, keptId])
    const kept = await repo.getOrThrow(Topic, keptId)
    const others = ids.filter((id) => id !== keptId)
    if (others.length === 0) return 0
    const gone = await repo.all(from(Topic).where('id', 'in', others).orderBy({ id: 'asc' }))
    for (const topic of gone) {
      await moveUses(repo, topic.id, keptId)
      await repo.deleteOrThrow(topic)
      await record(repo, actor, happened(topic, kept, asOf))
    }
    return gone.length
  })
}

async function moveUses(repo: Repo, goneId: number, keptId: number): Promise<void> {
  for (const use of USES) {
    const [table, of, owners] = [sql.table(use.table), sql.ref(use.of), sql.table(use.owners)]
    // Who has one of them open in a form is told.
    await repo.run(
      sql`update ${owners} set lock_version = lock_version + 1
        where id in (select ${of} from ${table} where topic_id = ${goneId})`,
    )
    await repo.run(
      sql`delete from ${table} as mine where topic_id = ${goneId} and exists (
        select from ${table} as theirs where theirs.topic_id = ${keptId} and theirs.${of} = mine.${of})`,
    )
    await repo.run(sql`update ${table} set topic_id = ${keptId} where topic_id = ${goneId}`)
  }
}

function happened(gone: Topic, kept: Topic, at: Date) {
  return {
    action: 'merged',
    subject: { type: 'topic', id: kept.id, title: kept.name, version: kept.lockVersion },
    changes: { fields: { slug: { before: gone.slug, after: kept.slug } }, rows: [] },
    at,
  }
}
