export { anEpisode, aPerson, aPodcast } from './fixtures.ts'
