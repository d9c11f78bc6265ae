import { from, type Repo } from '@showrunner/data'
import { Topic } from '../topics/index.ts'
import { type Slice, sliced, type Wanted } from './slice.ts'

/** The topics, by name. */
export async function listTopics(repo: Repo, wanted: Wanted): Promise<Slice<Topic>> {
  const { after, most, offset } = wanted
  const [name, id] = after ?? []
  const all = from(Topic)
  const following = after ? all.where(['name', 'id'], '>', [String(name), Number(id)]) : all
  const found = await repo.all(
    following
      .orderBy({ name: 'asc', id: 'asc' })
      .limit(most + 1)
      .offset(offset ?? 0),
  )
  return sliced(found, wanted, (one) => [one.name, one.id])
}
