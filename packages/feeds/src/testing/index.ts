export { A_FULL_FEED } from './a-full-feed.ts'
