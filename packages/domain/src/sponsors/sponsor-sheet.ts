import {
  build,
  castAssoc,
  change,
  type Changeset,
  check,
  from,
  type Loaded,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { knownPeople } from '../people/index.ts'
import { formRow, proposeSheet, saveSheet, withPicked, withRowsThere } from '../rows/index.ts'
import { Sponsor, sponsorChangeset } from './sponsor.ts'
import { sponsorRepChangeset } from './sponsor-rep.ts'

/** A sponsor with the people of it who may open its report. */
export type SponsorSheet = Loaded<typeof Sponsor, [{ sponsorReps: 'person' }]>

const PERSON = { pick: { field: 'personId', sentAs: 'person' } } as const

/** @throws NotFoundError */
export async function getSponsorSheet(repo: Repo, id: number): Promise<SponsorSheet> {
  return repo.getOrThrow(from(Sponsor).preload({ sponsorReps: 'person' }), id)
}

/** The sheet of a sponsor that is yet to be. */
export function newSponsorSheet(): SponsorSheet {
  // Without rows there is nothing in them that could not be loaded.
  return build(Sponsor, { sponsorReps: [] }) as unknown as SponsorSheet
}

/** What a form begins with. */
export function editSponsor(sheet: SponsorSheet): Changeset<typeof Sponsor> {
  return change(sheet, {})
}

export async function createSponsor(repo: Repo, params: Params): Promise<Saved<typeof Sponsor>> {
  return saveSponsorSheet(repo, newSponsorSheet(), params)
}

/** Saves a sponsor with its people, or nothing of it. */
export async function saveSponsorSheet(
  repo: Repo,
  sheet: SponsorSheet,
  params: Params,
): Promise<Saved<typeof Sponsor>> {
  return saveSheet(repo, async () => sheetChangeset(repo, sheet, params))
}

/** What saving this would come to, and saves nothing. */
export async function proposeSponsorSheet(
  repo: Repo,
  sheet: SponsorSheet,
  params: Params,
): Promise<Changeset<typeof Sponsor>> {
  return proposeSheet(repo, async () => sheetChangeset(repo, sheet, params))
}

async function sheetChangeset(
  repo: Repo,
  sheet: SponsorSheet,
  params: Params,
): Promise<Changeset<typeof Sponsor>> {
  const people = { field: 'personId', sentAs: 'person', known: knownPeople(repo) }
  const picked = await withPicked(params, 'sponsorReps', people)
  const there = sheet.sponsorReps.map(({ id }) => ({ id }))
  const said = withRowsThere(picked, 'sponsorReps', there)
  const rows = { forceUpdateOnChange: true, with: formRow(sponsorRepChangeset, PERSON) }
  return check(sponsorChangeset(sheet, said), castAssoc('sponsorReps', rows))
}
