export { slugged } from './slugged.ts'
export { freeSlug, SLUG, SLUG_MESSAGE, slugOf } from './slugs.ts'
export { RESERVED_EPISODE_SLUGS, RESERVED_PODCAST_SLUGS, RESERVED_POST_SLUGS } from './reserved.ts'
