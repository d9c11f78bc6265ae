export { type FeedPaths, type Outside } from './addresses.ts'
export { getFeed } from './get-feed.ts'
