import { dynamic, from, type Repo } from '@showrunner/data'
import { type Known, knownBy } from '../rows/index.ts'
import { Sponsor } from './sponsor.ts'

/** Sponsors by what a picker sends: `Tideline (tideline)`. */
export function knownSponsors(repo: Repo): Known {
  return knownBy(async (words) => {
    const named = dynamic(Sponsor).and('slug', 'in', words).or('name', 'in', words)
    const sponsors = await repo.all(from(Sponsor).where(named))
    return sponsors.map(({ id, name, slug }) => ({ id, name, key: slug }))
  })
}
