import { from, type Repo } from '@showrunner/data'
import { Sponsor } from './sponsor.ts'
import { SponsorRep } from './sponsor-rep.ts'

/** The sponsors whose reports somebody may open because they are of them, by name. */
export async function sponsorsOf(
  repo: Repo,
  person: { readonly id: number },
): Promise<readonly Sponsor[]> {
  const theirs = from(SponsorRep).where({ personId: person.id }).preload('sponsor')
  const reps = await repo.all(theirs)
  return reps
    .map(({ sponsor }) => sponsor)
    .toSorted((one, other) => one.name.localeCompare(other.name) || one.id - other.id)
}

/** A sponsor, and who its people are, by id: for `may(actor, 'report', …)`. */
export type ReportedSponsor = Sponsor & { readonly repIds: readonly number[] }

/** @throws NotFoundError */
export async function getReportedSponsor(repo: Repo, slug: string): Promise<ReportedSponsor> {
  const sponsor = await repo.getByOrThrow(from(Sponsor).preload('sponsorReps'), { slug })
  return { ...sponsor, repIds: sponsor.sponsorReps.map(({ personId }) => personId) }
}
