export { agentName, isListener, readersIn } from './agents.ts'
export { countFeedAgents, type FeedFetch } from './count-feed-agents.ts'
export { countPieces } from './count-pieces.ts'
export { type Counter, createCounter } from './counter.ts'
export { DownloadCount, type Way, WAYS } from './download-count.ts'
export { DownloadPiece } from './download-piece.ts'
export { DownloadSalt } from './download-salt.ts'
export { FeedAgent } from './feed-agent.ts'
export { forgetDownloadListeners, rankPopularEpisodes } from './jobs.ts'
export { forgetListeners } from './listeners.ts'
export { minuteOf, tagsIn } from './minute.ts'
export { networkOf } from './network-of.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { type SentPiece } from './sent-piece.ts'
export { PopularEpisode } from './popular-episode.ts'
export { rankEpisodes } from './rank-episodes.ts'
export {
  AGES,
  type EpisodeReport,
  type Interval,
  INTERVALS,
  type Point,
  pointsOfPodcast,
  reportOnEpisode,
} from './read-episode.ts'
export {
  DOWNLOAD_SORTS,
  type DownloadsFound,
  type EpisodeDownloads,
  searchDownloads,
} from './read-episodes.ts'
export { getPopular, type PopularEpisodes } from './read-popular.ts'
export { feedAgentsOn, type Performance, performanceOf, subscribersByDay } from './read-podcast.ts'
export { type Placement, placementsOf } from './read-sponsor.ts'
export { downloadTotals, podcastsOf, type SpanTotal, SPANS } from './read-totals.ts'
