import { type Repo } from '@showrunner/data'
import { defineJob, enqueue, type Job } from '@showrunner/jobs'
import { z } from 'zod'
import { type Comment } from './comment.ts'
import {
  listModerators,
  mailModerator,
  type CommentParts,
  sendCommentMail,
} from './send-comment-mails.ts'
import { tellOf } from './tell.ts'

const OfComment = z.object({ commentId: z.number().int() })
const OfMail = z.object({ mailId: z.number().int() })
const ToPerson = OfComment.extend({ personId: z.number().int() })

export const mailComment: Job<CommentParts, z.output<typeof OfMail>> = defineJob({
  name: 'mail_comment',
  args: OfMail,
  perform: (parts: CommentParts, { mailId }) => sendCommentMail(parts, mailId),
})

export const tellOfComment: Job<CommentParts, z.output<typeof OfComment>> = defineJob({
  name: 'tell_of_comment',
  args: OfComment,
  perform: async ({ repo, clock }: CommentParts, { commentId }) => {
    await repo.transaction(async () => {
      for (const mailId of await tellOf(repo, commentId, clock())) {
        await enqueue(repo, mailComment, { mailId })
      }
    })
  },
})

export const mailCommentWaits: Job<CommentParts, z.output<typeof ToPerson>> = defineJob({
  name: 'mail_comment_waits',
  args: ToPerson,
  perform: (parts: CommentParts, { commentId, personId }) =>
    mailModerator(parts, commentId, personId),
})

/** After a while, so that a comment is mailed as it stays. */
export async function tellLater(
  repo: Repo,
  { id: commentId }: Pick<Comment, 'id'>,
  delayMs: number,
): Promise<void> {
  await enqueue(
    repo,
    tellOfComment,
    { commentId },
    { delayMs, key: `tell_of_comment:${commentId}` },
  )
}

export async function askModerators(
  repo: Repo,
  { id: commentId }: Pick<Comment, 'id'>,
): Promise<void> {
  for (const { id: personId } of await listModerators(repo)) {
    await enqueue(repo, mailCommentWaits, { commentId, personId })
  }
}

export const COMMENT_JOBS = [mailComment, tellOfComment, mailCommentWaits] as const
