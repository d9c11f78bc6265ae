import { belongsTo, type Row, schema, t, timestamps } from '@showrunner/data'
import { Comment } from './comment.ts'
import { DiscussionFollow } from './follow.ts'

export const MAILED_FOR = ['reply', 'mention', 'discussion'] as const
export type MailedFor = (typeof MAILED_FOR)[number]

/** Whom a comment was mailed to: each once. It is here before the mail is sent. */
export const CommentMail = schema(
  'comment_mails',
  {
    id: t.id(),
    commentId: t.reference(),
    followId: t.reference(),
    why: t.enum(MAILED_FOR),
    sentAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ comment: belongsTo(Comment), follow: belongsTo(DiscussionFollow) }),
)
export type CommentMail = Row<typeof CommentMail>
