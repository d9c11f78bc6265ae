export {
  Podcast,
  PODCAST_KINDS,
  PODCAST_STATUSES,
  podcastChangeset,
  type PodcastStatus,
  PUBLIC_STATUSES,
} from './podcast.ts'
export { PodcastCredit, podcastCreditChangeset } from './podcast-credit.ts'
export { PodcastHost, podcastHostChangeset } from './podcast-host.ts'
export { PodcastTopic, podcastTopicChangeset } from './podcast-topic.ts'
