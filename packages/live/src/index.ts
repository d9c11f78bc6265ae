export { type Change } from './change.ts'
export { compressed, type Encoding, type Kept } from './kept.ts'
export { type Live, type LiveOptions, startLive } from './live.ts'
export { type Counters, type Make, PageCache, type PageCacheOptions } from './page-cache.ts'
