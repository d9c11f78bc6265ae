export { aFeed } from './a-feed.ts'
export { aMember, endMembership } from './a-member.ts'
export { aNewsItem } from './a-news-item.ts'
export { aPost } from './a-post.ts'
export { aRowOfEach } from './a-row-of-each.ts'
export { everySchema } from './every-schema.ts'
export { anEpisode, aPerson, aPodcast } from './fixtures.ts'
export { inSlack, type InSlack, toldIn } from './in-slack.ts'
export { OUTSIDE } from './outside.ts'
export { partsOfJobs } from './parts-of-jobs.ts'
export { sandboxed, testDatabase } from './sandboxed.ts'
export { serving } from './serving.ts'
export { temporaryStaging, type TemporaryStaging } from './temporary-staging.ts'
export {
  ACTORS,
  ANOTHER,
  assertPolicy,
  LOCAL_TIME,
  MEMBER,
  personIdOf,
  policyTable,
} from './policy-table.ts'
