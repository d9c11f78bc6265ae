export { Chapter, chapterChangeset } from './chapter.ts'
export {
  Episode,
  EPISODE_TYPES,
  episodeChangeset,
  episodeSlugChangeset,
  type EpisodeType,
} from './episode.ts'
export {
  ALTERNATE_LINES,
  EpisodeAlternate,
  episodeAlternateChangeset,
  INTEGRITY_TYPES,
} from './episode-alternate.ts'
export { EpisodeCredit, episodeCreditChangeset } from './episode-credit.ts'
export { EpisodeGuest, episodeGuestChangeset } from './episode-guest.ts'
export { EpisodeHost, episodeHostChangeset } from './episode-host.ts'
export { EpisodeLink, episodeLinkChangeset } from './episode-link.ts'
export { EpisodeSlug } from './episode-slug.ts'
export { EpisodeSponsor, episodeSponsorChangeset } from './episode-sponsor.ts'
export { EpisodeTopic, episodeTopicChangeset } from './episode-topic.ts'
export {
  type EpisodeToRead,
  getEpisodeToRead,
  getEpisodeWithChapters,
  getEpisodeWithTranscripts,
  type EpisodeWithChapters,
  type EpisodeWithTranscripts,
} from './episode-files.ts'
export { firstPublishedBy, isOut, isSlugFrozen } from './first-published.ts'
export {
  findEpisodePage,
  getEpisodePage,
  getEpisodePreview,
  type EpisodePage,
  type WholeEpisode,
} from './episode-page.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export {
  type EpisodeOfNetwork,
  findEpisode,
  getEpisode,
  listNewest,
  listScheduled,
  type ScheduledEpisode,
} from './read-episodes.ts'
export { listed, type ListedEpisode } from './listed.ts'
export {
  aboutTopic as episodesAboutTopic,
  creditedTo as episodesCreditedTo,
  guestedBy as episodesGuestedBy,
  hostedBy as episodesHostedBy,
  newestFirst,
  ofVisiblePodcasts,
  published,
  sponsoredBy as episodesSponsoredBy,
  visibleTo,
  withPerson as episodesWith,
} from './scopes.ts'
export {
  type ArchiveYear,
  countYears,
  getNetworkYear,
  getPodcastYear,
  type NetworkYear,
  type PodcastYear,
} from './archive.ts'
export { getRecommended, type RecommendedEpisodes } from './recommended.ts'
export { type RelatedEpisode } from './related.ts'
export { chapterRows, type EpisodeKey, replaceChapters } from './replace-chapters.ts'
export { keepsOldAddresses, type SuggestedSlugs, suggestSlugs } from './slugs.ts'
export { createEpisode, deleteEpisode, updateEpisode } from './write-episodes.ts'
export {
  editEpisode,
  EPISODE_LINES,
  type EpisodeSheet,
  getEpisodeSheet,
  proposeEpisodeSheet,
  saveEpisodeSheet,
} from './episode-sheet.ts'
export {
  countStages,
  EPISODE_SORTS,
  EPISODE_STAGES,
  type EpisodeInList,
  type EpisodeStage,
  inStage,
  listLatest,
  searchEpisodes,
  stageOf,
} from './search-episodes.ts'
export { listTakenDates, type TakenDate } from './taken-dates.ts'
export { draftEpisode, startEpisode } from './start-episode.ts'
export {
  changeEpisodes,
  type EpisodesChange,
  type EpisodesChanged,
  type EpisodeWithTopics,
  listEpisodesOf,
} from './change-episodes.ts'
export { findNumbered, findVideo } from './numbered.ts'
