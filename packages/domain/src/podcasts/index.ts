export {
  isPodcastSlugFrozen,
  Podcast,
  PODCAST_KINDS,
  PODCAST_STATUSES,
  podcastChangeset,
  podcastSlugChangeset,
  type PodcastStatus,
  PUBLIC_STATUSES,
} from './podcast.ts'
export { PodcastCredit, podcastCreditChangeset } from './podcast-credit.ts'
export { PodcastHost, podcastHostChangeset } from './podcast-host.ts'
export { PodcastSlug } from './podcast-slug.ts'
export { PodcastTopic, podcastTopicChangeset } from './podcast-topic.ts'
export { EPISODES_PER_PAGE, getPodcastPage, type PodcastPage } from './podcast-page.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export {
  findPodcast,
  getPodcast,
  getPodcastById,
  listPodcasts,
  type PodcastWithHosts,
} from './read-podcasts.ts'
export {
  aboutTopic as podcastsAboutTopic,
  creditedTo as podcastsCreditedTo,
  hostedBy as podcastsHostedBy,
  inOrder,
  visible,
  visibleTo,
} from './scopes.ts'
export { keepsOldPodcastAddresses } from './slugs.ts'
export { createPodcast, updatePodcast } from './write-podcasts.ts'
export { CATEGORY_NAMES, categoryName } from './categories.ts'
export {
  CATEGORIES_ON_SHEET,
  editPodcast,
  getPodcastSheet,
  newPodcastSheet,
  PODCAST_LINES,
  proposePodcastSheet,
  type PodcastSheet,
  savePodcastSheet,
} from './podcast-sheet.ts'
export { PODCAST_SORTS, searchPodcasts } from './search-podcasts.ts'
export { deletePodcast } from './write-podcasts.ts'
export { listVanityHosts } from './vanity-hosts.ts'
