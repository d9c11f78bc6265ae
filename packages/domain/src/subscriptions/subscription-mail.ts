import { belongsTo, type Row, schema, t, timestamps } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { Subscription } from './subscription.ts'

/** What was mailed of an episode: to each once. It is here before the mail is sent. */
export const SubscriptionMail = schema(
  'subscription_mails',
  {
    id: t.id(),
    podcastId: t.reference(),
    subscriptionId: t.reference(),
    episodeId: t.reference(),
    sentAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ subscription: belongsTo(Subscription), episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type SubscriptionMail = Row<typeof SubscriptionMail>
