export { NEWS_JOBS, type NewsParts } from './jobs.ts'
export {
  countNews,
  listQueue,
  NEWS_SORTS,
  NEWS_STATES,
  type NewsItemInList,
  type NewsState,
  searchNews,
} from './list-news.ts'
export { NEWS_MAILS } from './mails.ts'
export {
  NEWS_KINDS,
  NEWS_STATUSES,
  NewsItem,
  newsItemChangeset,
  type NewsKind,
  type NewsStatus,
  submissionChangeset,
} from './news-item.ts'
export { NewsItemTopic } from './news-item-topic.ts'
export { NewsSource, newsSourceChangeset } from './news-source.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { publishNewsItem, queueNewsItem, unpublishNewsItem } from './publish-news.ts'
export { nextInQueue, reorderQueue } from './queue.ts'
export {
  type CountedSource,
  findNewsItem,
  getNewsItem,
  getNewsItemPreview,
  getNewsPage,
  getSource,
  getSourcePage,
  hasNews,
  listNewsForFeed,
  listNews,
  listOut,
  listSources,
  NEWS_PER_PAGE,
  type NewsPage,
  type ShownNewsItem,
  type SourcePage,
} from './read-news.ts'
export { isOut, out, visibleTo } from './scopes.ts'
export {
  createSource,
  deleteSource,
  editSource,
  getSourceById,
  searchSources,
  SOURCE_SORTS,
  type SourceInUse,
  updateSource,
} from './sources.ts'
export { answerSubmission, newSubmission, submitNewsItem } from './submit.ts'
export {
  createNewsItem,
  deleteNewsItem,
  editNewsItem,
  getNewsItemToEdit,
  listSimilar,
  type NewsItemToEdit,
  newNewsItem,
  proposeNewsItem,
  updateNewsItem,
} from './write-news.ts'
