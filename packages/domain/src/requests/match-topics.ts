import { from, type Repo } from '@showrunner/data'
import { slugOf } from '../slugs/index.ts'
import { Topic } from '../topics/index.ts'

/** The topics that are named in a list somebody typed, as far as there are such. */
export async function matchTopics(repo: Repo, typed: string | null): Promise<readonly Topic[]> {
  const slugs = (typed ?? '').split(/[,;\n]/).map(slugOf)
  const named = slugs.filter((slug) => slug !== '')
  return named.length === 0
    ? []
    : repo.all(from(Topic).where('slug', 'in', named).orderBy({ name: 'asc', id: 'asc' }))
}
