export { type FeedPaths, inFull, type Outside } from './addresses.ts'
export { getFeed } from './get-feed.ts'
export { type EpisodeInFeed, type FeedEpisode, readItems } from './read-items.ts'
