export { lastSaid, listAppearances, type SponsorAppearance } from './appearances.ts'
export { knownSponsors } from './known.ts'
export {
  getSponsorPage,
  listPublicSponsors,
  type PublicSponsor,
  type SponsorPage,
} from './sponsor-page.ts'
export { Sponsor, sponsorChangeset } from './sponsor.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { type CountedSponsor, deleteUnusedSponsors, listSponsorsOf } from './unused.ts'
export {
  createSponsor,
  deleteSponsor,
  editSponsor,
  getSponsorById,
  hasSponsors,
  listSponsors,
  searchSponsors,
  SPONSOR_SORTS,
  type SponsorInUse,
  updateSponsor,
} from './sponsors.ts'
