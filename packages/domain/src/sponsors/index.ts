export { Sponsor, sponsorChangeset } from './sponsor.ts'
export { createSponsor, findSponsor, getSponsor, listSponsors, updateSponsor } from './sponsors.ts'
