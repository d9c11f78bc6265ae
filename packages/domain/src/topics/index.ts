export { Topic, topicChangeset } from './topic.ts'
