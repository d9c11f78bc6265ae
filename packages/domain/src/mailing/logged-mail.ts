import { type Row, schema, t } from '@showrunner/data'

/** What became of a mail so far: taken over, refused for good, to be tried again, or never again. */
export const OUTCOMES = ['accepted', 'refused', 'retrying', 'given up'] as const
export type Outcome = (typeof OUTCOMES)[number]

/**
 * A mail that was handed to the mail server, or was to be: to whom, about what, and what became of it. Nothing of what is in
 * it. As far as the repo sees it belongs to nobody: `visibleTo` says who may read it.
 */
export const LoggedMail = schema('logged_mails', {
  id: t.id(),
  /** The job that sends it: with its tries it stays one mail. */
  job: t.string().nullable(),
  kind: t.string(),
  toAddress: t.string(),
  personId: t.reference().nullable(),
  subjectType: t.string().nullable(),
  subjectId: t.reference().nullable(),
  subjectTitle: t.string().nullable(),
  podcastId: t.reference().nullable(),
  outcome: t.enum(OUTCOMES),
  /** What the mail server said, or why it was not reached. */
  said: t.string().nullable(),
  tries: t.integer().default(1),
  at: t.datetime(),
})
export type LoggedMail = Row<typeof LoggedMail>
