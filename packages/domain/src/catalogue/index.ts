export { type CuesAsked, type CuesOfTranscript, listCues } from './cues.ts'
export {
  type EpisodeInCatalogue,
  type EpisodesAsked,
  getWholeEpisode,
  listEpisodes,
  type WholeEpisodeInCatalogue,
} from './episodes.ts'
export { listIssues } from './issues.ts'
export { listNews, type NewsAsked } from './news.ts'
export { listNamedAmong } from './named-among.ts'
export { getNamedPerson, listPeople } from './people.ts'
export { getWholePodcast, listPodcasts, type PodcastInCatalogue } from './podcasts.ts'
export { getWholePost, listPosts, type PostInCatalogue } from './posts.ts'
export { type Place, type Slice, type Wanted } from './slice.ts'
export { listTopics } from './topics.ts'
