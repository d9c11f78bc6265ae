export {
  EPISODE_TYPES,
  FEED_TYPES,
  LIVE_STATUSES,
  type AlternateEnclosure,
  type Category,
  type Chapter,
  type ChaptersLink,
  type Chat,
  type ContentLink,
  type Cue,
  type Enclosure,
  type EpisodeType,
  type Feed,
  type FeedDraft,
  type FeedItem,
  type FeedType,
  type Funding,
  type Image,
  type ItemDraft,
  type License,
  type LiveItem,
  type LiveItemDraft,
  type LiveStatus,
  type Location,
  type Owner,
  type Person,
  type RemoteItem,
  type ServiceBlock,
  type SocialInteract,
  type Soundbite,
  type Trailer,
  type TranscriptLink,
  type Txt,
  type UpdateFrequency,
  type Value,
  type ValueRecipient,
} from './feed.ts'
export { FeedError, FetchError, type FeedErrorCode, type FetchErrorCode } from './errors.ts'
export { readFeed, readFeedFile, type ReadFeed, type ReadFeedOptions } from './read/read-feed.ts'
export { fetchFeed, type FetchedFeed } from './fetch/fetch-feed.ts'
export { fetchDocument, type FetchedDocument, type Unchanged } from './fetch/fetch-document.ts'
export { openDocument } from './fetch/open-document.ts'
export { askAddress, postDocument, type Posted, type PostOptions } from './fetch/post-document.ts'
export { type DocumentHead, type FetchOptions } from './fetch/options.ts'
export { type FeedWarning } from './read/reading.ts'
export { feedChunks, writeFeed } from './write/write-feed.ts'
export { writeJsonFeed } from './write/json-feed.ts'
export { type FeedList, type ListedFeed, writeOpml } from './write/opml.ts'
export { clean } from './write/xml.ts'
export { readChapters } from './chapters/read-chapters.ts'
export { writeChapters, type ChaptersAbout } from './chapters/write-chapters.ts'
export { writePodloveChapters } from './chapters/write-podlove-chapters.ts'
export { readTranscript } from './transcripts/read-transcript.ts'
export {
  lookAtTranscript,
  type LookedAtTranscript,
  transcriptText,
} from './transcripts/look-at-transcript.ts'
export {
  type DeclaredFormat,
  type DeclaredTranscript,
  readDeclared,
} from './transcripts/read-declared.ts'
export { TRANSCRIPT_FORMATS, type TranscriptFormat } from './transcripts/transcript-format.ts'
export { type Remark } from './transcripts/transcript-remarks.ts'
export {
  isTimed,
  TRANSCRIPT_TYPES,
  writeTranscript,
  type TranscriptType,
} from './transcripts/write-transcript.ts'
export { textIn } from './decode-text.ts'
export { podcastGuid } from './podcast-guid.ts'
