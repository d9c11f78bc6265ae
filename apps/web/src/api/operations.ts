import { type Operation, type Read, type Write } from './operation.ts'
import * as episodes from './reads/episodes.ts'
import * as others from './reads/others.ts'
import { searchEverything } from './reads/search.ts'
import * as podcasts from './reads/podcasts.ts'
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
  others.listPeople,
  others.getPerson,
  episodes.listEpisodesWithPerson,
  others.listTopics,
  others.getTopic,
  episodes.listEpisodesAboutTopic,
  others.listPosts,
  others.getPost,
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
