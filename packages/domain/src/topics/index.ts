export { Topic, topicChangeset } from './topic.ts'
export { createTopic, findTopic, getTopic, listTopics, updateTopic } from './topics.ts'
