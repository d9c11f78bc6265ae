export { audioKey } from './audio-key.ts'
export { getMemberFeed, type MembersOutside } from './get-member-feed.ts'
export { giveFeed, mailPrivateFeed, memberFeedListener } from './jobs.ts'
export { MEMBER_FEED_MAILS } from './mails.ts'
export { findMemberAudio, type MemberAudio } from './member-audio.ts'
export { MemberFeedPodcast } from './member-feed-podcast.ts'
export {
  type Agent,
  MemberFeed,
  memberFeedChangeset,
  type MemberFeedWithOwner,
} from './member-feed.ts'
export { hasFeeds } from './owner.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export {
  findFeedByToken,
  getFeedById,
  listOwnFeeds,
  MEMBER_FEED_SORTS,
  noteFetch,
  searchMemberFeeds,
} from './read-member-feeds.ts'
export { type MemberFeedParts } from './send-private-feed.ts'
export { SILENCE } from './silence.ts'
export { PLACEHOLDERS } from './title-format.ts'
export {
  createMemberFeed,
  editMemberFeed,
  type MadeFeed,
  removeMemberFeed,
  replaceAddress,
  rotateAddress,
  updateMemberFeed,
} from './write-member-feeds.ts'
