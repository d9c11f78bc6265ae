export { aboutEpisode, aboutIssue, aboutNews, aboutPodcast, aboutRequest } from './about.ts'
export { forgetLoggedMails, KEPT_DAYS } from './jobs.ts'
export {
  countMails,
  listMails,
  type MailCount,
  type MailFilter,
  type MailPage,
} from './list-mails.ts'
export { LoggedMail, type Outcome, OUTCOMES } from './logged-mail.ts'
export { actions, may, mayOrThrow } from './policy.ts'
export { type MailerParts, sendMail, sendWords } from './send-mail.ts'
