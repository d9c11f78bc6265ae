export { knownSponsors } from './known.ts'
export { Sponsor, sponsorChangeset } from './sponsor.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { createSponsor, findSponsor, getSponsor, listSponsors, updateSponsor } from './sponsors.ts'
