import { type Operation, type Read, type Write } from './operation.ts'
import * as comments from './reads/comments.ts'
import * as episodes from './reads/episodes.ts'
import * as news from './reads/news.ts'
import * as people from './reads/people.ts'
import * as podcasts from './reads/podcasts.ts'
import * as posts from './reads/posts.ts'
import { searchEverything } from './reads/search.ts'
import * as topics from './reads/topics.ts'
import * as writtenEpisodes from './writes/episodes.ts'
import * as publication from './writes/publication.ts'
import { putTranscript } from './writes/transcripts.ts'
import * as uploads from './writes/uploads.ts'

/** What anybody may read. */
export const READS: readonly Read[] = [
  podcasts.listPodcasts,
  podcasts.getPodcast,
  episodes.listEpisodes,
  episodes.listEpisodesOfPodcast,
  episodes.getEpisode,
  episodes.getChapters,
  episodes.getTranscript,
  people.listPeople,
  people.getPerson,
  episodes.listEpisodesWithPerson,
  topics.listTopics,
  topics.getTopic,
  episodes.listEpisodesAboutTopic,
  posts.listPosts,
  posts.getPost,
  news.listNews,
  news.getNewsItem,
  news.listIssues,
  news.getIssue,
  comments.listCommentsOfEpisode,
  comments.listCommentsOfPost,
  comments.listCommentsOfNewsItem,
  comments.getComment,
  searchEverything,
]

/** What is done with a token, in the order in which a program does it. */
export const WRITES: readonly Write[] = [
  writtenEpisodes.getToken,
  writtenEpisodes.createEpisode,
  writtenEpisodes.getDeskEpisode,
  writtenEpisodes.updateEpisode,
  uploads.putAudio,
  uploads.getUpload,
  writtenEpisodes.putChapters,
  putTranscript,
  publication.publishEpisode,
  publication.unpublishEpisode,
]

export const OPERATIONS: readonly Operation[] = [...READS, ...WRITES]
