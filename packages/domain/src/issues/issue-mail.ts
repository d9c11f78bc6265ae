import { belongsTo, type Row, schema, t, timestamps } from '@showrunner/data'
import { Subscription } from '../subscriptions/index.ts'
import { NewsIssue } from './news-issue.ts'

/** To whom an issue was mailed: to each once. It is here before the mail is sent. */
export const IssueMail = schema(
  'issue_mails',
  {
    id: t.id(),
    newsIssueId: t.reference(),
    subscriptionId: t.reference(),
    sentAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ newsIssue: belongsTo(NewsIssue), subscription: belongsTo(Subscription) }),
)
export type IssueMail = Row<typeof IssueMail>
