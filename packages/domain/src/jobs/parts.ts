import { type MailParts } from '../accounts/index.ts'

/** What every job is handed: the rows, the time, the mail, and where the pages are. */
export type JobParts = MailParts
