export { Sponsor, sponsorChangeset } from './sponsor.ts'
