export { Comment, DEEPEST, LONGEST_COMMENT } from './comment.ts'
export { CommentMail, MAILED_FOR, type MailedFor } from './comment-mail.ts'
export { Commenter, setStanding, type Standing, standingOf } from './commenter.ts'
export {
  countComments,
  type Discussion,
  FULL_AT,
  getDiscussion,
  type Thread,
} from './discussion.ts'
export { CommentError } from './errors.ts'
export { findSubject, getSubject, titleOf } from './find-subject.ts'
export {
  DiscussionFollow,
  findFollow,
  follow,
  type FollowOfPerson,
  type FollowReason,
  unfollow,
} from './follow.ts'
export { COMMENT_JOBS } from './jobs.ts'
export { COMMENT_MAILS } from './mails.ts'
export { linkMentions } from './mentions.ts'
export {
  approveComment,
  banCommenter,
  COMMENT_SORTS,
  COMMENT_STATES,
  type CommentAtDesk,
  type CommentState,
  countStates,
  countWaiting,
  declineComment,
  getCommentAtDesk,
  searchComments,
} from './moderate.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { type Profiles, profilesIn } from './profiles.ts'
export { renderComment } from './render-comment.ts'
export { type CommentParts } from './send-comment-mails.ts'
export {
  type DiscussionSubject,
  subjectFrom,
  subjectKey,
  subjectOf,
  type SubjectRow,
} from './subject.ts'
export { endFollow, findByUnfollowToken, resumeFollow, unfollowToken } from './unfollow-token.ts'
export { listUnwanted, setWanted, UnwantedCommentMail } from './unwanted-mail.ts'
export {
  type CommentPreview,
  type CommentWithAuthor,
  deleteComment,
  EDIT_MS,
  editComment,
  getCommentWithAuthor,
  listOwnComments,
  mayEdit,
  previewComment,
  writeComment,
} from './write-comment.ts'
