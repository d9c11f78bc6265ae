import { dynamic, from, type Repo } from '@showrunner/data'
import { type Known, knownBy } from '../rows/index.ts'
import { Topic } from './topic.ts'

/** Topics by what a picker sends: `Privacy (privacy)`. */
export function knownTopics(repo: Repo): Known {
  return knownBy(async (words) => {
    const named = dynamic(Topic).and('slug', 'in', words).or('name', 'in', words)
    const topics = await repo.all(from(Topic).where(named))
    return topics.map(({ id, name, slug }) => ({ id, name, key: slug }))
  })
}
