export {
  type AboutTopic,
  listEpisodesAbout,
  listOthersAbout,
  type OthersAbout,
} from './about-topic.ts'
export { knownTopics } from './known.ts'
export {
  type EpisodeAbout,
  getTopicPage,
  getTopicPosts,
  listPublicTopics,
  type PostAbout,
  type PublicTopic,
  type TopicPage,
} from './topic-page.ts'
export { Topic, topicChangeset } from './topic.ts'
export { mergeTopics } from './merge-topics.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { type CountedTopic, deleteUnusedTopics, listTopicsOf } from './unused.ts'
export {
  createTopic,
  deleteTopic,
  editTopic,
  getTopic,
  getTopicById,
  hasTopics,
  listTopics,
  searchTopics,
  TOPIC_SORTS,
  type TopicInUse,
  updateTopic,
} from './topics.ts'
