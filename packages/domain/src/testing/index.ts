export { aFeed } from './a-feed.ts'
export { anEpisode, aPerson, aPodcast } from './fixtures.ts'
export { serving } from './serving.ts'
