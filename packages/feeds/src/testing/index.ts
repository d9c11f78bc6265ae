export { A_FULL_FEED } from './a-full-feed.ts'
export { assertWellFormed } from './assert-well-formed.ts'
