export { Topic, topicChangeset } from './topic.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { createTopic, findTopic, getTopic, listTopics, updateTopic } from './topics.ts'
