import { addError, change, from, type Repo, type Saved } from '@showrunner/data'
import { EpisodeSponsor } from '../episodes/index.ts'
import {
  type InUse,
  type ListOptions,
  matching,
  type Paged,
  paged,
  sorted,
  withUses,
} from '../lists/index.ts'
import { Sponsor } from './sponsor.ts'

export async function listSponsors(repo: Repo): Promise<readonly Sponsor[]> {
  return repo.all(from(Sponsor).orderBy({ name: 'asc', id: 'asc' }))
}

export async function hasSponsors(repo: Repo): Promise<boolean> {
  return repo.exists(from(Sponsor))
}

/** A sponsor, and how many episodes it paid for. */
export type SponsorInUse = InUse<Sponsor>

export const SPONSOR_SORTS = ['name', '-insertedAt'] as const

/** A page of the sponsors, with how much each is used: for who sees every podcast. */
export async function searchSponsors(
  repo: Repo,
  { q, sort, page }: ListOptions,
): Promise<Paged<SponsorInUse>> {
  const found = sorted(matching(from(Sponsor), ['name', 'slug'], q), SPONSOR_SORTS, sort)
  return withUses(repo, await paged(repo, found, page), 'episode_sponsors', 'sponsor_id')
}

/** @throws NotFoundError */
export async function getSponsorById(repo: Repo, id: number): Promise<Sponsor> {
  return repo.getOrThrow(Sponsor, id)
}

/** Deletes a sponsor of no episode: what episodes say of theirs stays with them. */
export async function deleteSponsor(repo: Repo, sponsor: Sponsor): Promise<Saved<typeof Sponsor>> {
  const { id: sponsorId } = sponsor
  return repo.transaction(async () => {
    if (!(await repo.exists(from(EpisodeSponsor).where({ sponsorId })))) return repo.delete(sponsor)
    const message = 'are there that it paid for'
    return { ok: false, changeset: addError(change(sponsor), 'id', message) }
  })
}
