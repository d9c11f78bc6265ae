import { build, from, type Params, type Repo, type Saved } from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { Sponsor, sponsorChangeset } from './sponsor.ts'

export async function listSponsors(repo: Repo): Promise<readonly Sponsor[]> {
  return repo.all(from(Sponsor).orderBy({ name: 'asc', id: 'asc' }))
}

export async function findSponsor(repo: Repo, slug: string): Promise<Sponsor | undefined> {
  return repo.getBy(Sponsor, { slug })
}

/** @throws NotFoundError */
export async function getSponsor(repo: Repo, slug: string): Promise<Sponsor> {
  return repo.getByOrThrow(Sponsor, { slug })
}

export async function createSponsor(repo: Repo, params: Params): Promise<Saved<typeof Sponsor>> {
  return repo.insert(sponsorChangeset(build(Sponsor), params))
}

export async function updateSponsor(
  repo: Repo,
  sponsor: Sponsor,
  params: Params,
): Promise<Saved<typeof Sponsor>> {
  return repo.update(sponsorChangeset(sponsor, params), AS_OPENED)
}
