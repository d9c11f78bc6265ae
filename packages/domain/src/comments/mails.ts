import { defineMail } from '@showrunner/mail'
import { type MailedFor } from './comment-mail.ts'
import { type FollowReason } from './follow.ts'

interface OfComment {
  readonly author: string
  /** What it is about. */
  readonly title: string
  /** What was said, as text. */
  readonly said: string
  readonly url: string
}

const EXAMPLE: OfComment = {
  author: 'Petra Oduya',
  title: 'Nobody owns the tide table',
  said: 'My grandfather printed it, and he would have been surprised to hear that.',
  url: 'https://radio.example/local-time/nobody-owns-the-tide-table#comment-12',
}

const HEADS: Readonly<Record<MailedFor, (author: string) => string>> = {
  reply: (author) => `${author} answered you`,
  mention: (author) => `${author} named you in a comment`,
  discussion: (author) => `${author} wrote a comment`,
}

const REASONS: Readonly<Record<FollowReason, string>> = {
  wrote: 'you wrote a comment there yourself',
  asked: 'you asked for it on its page',
  made: 'it is about something of yours',
  answered: 'you were answered there',
  named: 'you were named there',
}

const KOPF: Readonly<Record<MailedFor, (author: string) => string>> = {
  reply: (author) => `${author} hat dir geantwortet`,
  mention: (author) => `${author} hat dich in einem Kommentar genannt`,
  discussion: (author) => `${author} hat einen Kommentar geschrieben`,
}

const GRUND: Readonly<Record<FollowReason, string>> = {
  wrote: 'du dort selbst einen Kommentar geschrieben hast',
  asked: 'du auf der Seite darum gebeten hast',
  made: 'es um etwas von dir geht',
  answered: 'dir dort geantwortet wurde',
  named: 'du dort genannt wurdest',
}

/** What the link that ends such mails says, and does: these, and no others. */
const ENDS: Readonly<Record<MailedFor, string>> = {
  reply: 'No more mails when somebody answers me',
  mention: 'No more mails when somebody names me',
  discussion: 'No more mails of discussions I follow',
}

const BEENDET: Readonly<Record<MailedFor, string>> = {
  reply: 'Keine Mails mehr, wenn mir jemand antwortet',
  mention: 'Keine Mails mehr, wenn mich jemand nennt',
  discussion: 'Keine Mails mehr von Gesprächen, denen ich folge',
}

export const commentMail = defineMail<
  OfComment & {
    readonly why: MailedFor
    readonly reason: FollowReason
    /** Ends mails of this discussion. */
    readonly unfollowUrl: string
    /** Ends mails of this kind. */
    readonly unsubscribeUrl: string
  }
>({
  name: 'comment',
  trigger: 'Five minutes after a comment: by then it is as it stays.',
  recipient: 'Whom it answers or names, and who follows the discussion',
  example: {
    ...EXAMPLE,
    why: 'reply',
    reason: 'wrote',
    unfollowUrl: 'https://radio.example/unfollow/a-token',
    unsubscribeUrl: 'https://radio.example/unfollow/a-token/reply',
  },
  write: {
    en: ({ author, title, said, url, why, reason, unfollowUrl, unsubscribeUrl }) => ({
      subject: `${HEADS[why](author)}: ${title}`,
      parts: [
        `${HEADS[why](author)} on “${title}”:`,
        ...paragraphs(said),
        { button: 'Read and answer', url },
        { small: `You are subscribed to this discussion because ${REASONS[reason]}.` },
        { link: 'No more mails of this discussion', url: unfollowUrl },
        { link: ENDS[why], url: unsubscribeUrl },
      ],
      unsubscribeUrl,
    }),
    de: ({ author, title, said, url, why, reason, unfollowUrl, unsubscribeUrl }) => ({
      subject: `${KOPF[why](author)}: ${title}`,
      parts: [
        `${KOPF[why](author)} zu „${title}“:`,
        ...paragraphs(said),
        { button: 'Lesen und antworten', url },
        { small: `Du bekommst diese Mail, weil ${GRUND[reason]}.` },
        { link: 'Keine Mails mehr von diesem Gespräch', url: unfollowUrl },
        { link: BEENDET[why], url: unsubscribeUrl },
      ],
      unsubscribeUrl,
    }),
  },
})

export const commentWaitsMail = defineMail<OfComment>({
  name: 'comment_waits',
  trigger: 'When somebody writes of whom no comment was approved yet.',
  recipient: 'The administrators',
  example: { ...EXAMPLE, url: 'https://radio.example/admin/comments' },
  write: {
    en: ({ author, title, said, url }) => ({
      subject: `A comment waits: ${title}`,
      parts: [
        `${author} wrote on “${title}”, for the first time. Nobody sees it until one of you approves it:`,
        ...paragraphs(said),
        { button: 'Look at it', url },
      ],
    }),
  },
})

function paragraphs(said: string): readonly string[] {
  return said.split(/\n+/).filter((line) => line.trim() !== '')
}

export const COMMENT_MAILS = [commentMail, commentWaitsMail]
