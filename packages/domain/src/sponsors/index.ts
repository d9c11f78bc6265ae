export { lastSaid, listAppearances, type SponsorAppearance } from './appearances.ts'
export { knownSponsors } from './known.ts'
export {
  getSponsorPage,
  listPublicSponsors,
  type PublicSponsor,
  type SponsorPage,
} from './sponsor-page.ts'
export { getReportedSponsor, type ReportedSponsor, sponsorsOf } from './reports.ts'
export { Sponsor, sponsorChangeset } from './sponsor.ts'
export { SponsorRep } from './sponsor-rep.ts'
export {
  createSponsor,
  editSponsor,
  getSponsorSheet,
  newSponsorSheet,
  proposeSponsorSheet,
  saveSponsorSheet,
  type SponsorSheet,
} from './sponsor-sheet.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { type CountedSponsor, deleteUnusedSponsors, listSponsorsOf } from './unused.ts'
export {
  deleteSponsor,
  getSponsorById,
  hasSponsors,
  listSponsors,
  searchSponsors,
  SPONSOR_SORTS,
  type SponsorInUse,
} from './sponsors.ts'
