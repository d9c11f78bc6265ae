export { freeSlug, SLUG, SLUG_MESSAGE, slugOf } from './slugs.ts'
export { RESERVED_EPISODE_SLUGS, RESERVED_PODCAST_SLUGS } from './reserved.ts'
