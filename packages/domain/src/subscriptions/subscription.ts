import { belongsTo, hasMany, type Loaded, type Row, schema, t, timestamps } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { SubscriptionMail } from './subscription-mail.ts'

/** Where and how somebody subscribed. */
export const SUBSCRIBED_BY = [
  'podcast',
  'episode',
  'newsletter',
  'account',
  'mistake',
  'list',
] as const
export type SubscribedBy = (typeof SUBSCRIBED_BY)[number]

/**
 * Who is mailed of each episode of a podcast; where an episode is named, of its transcript, once it is there; and where
 * nothing is, of each issue of the network's newsletter. That one belongs to no podcast, so this schema has no tenant:
 * whoever reads it says whose are meant.
 */
export const Subscription = schema(
  'subscriptions',
  {
    id: t.id(),
    podcastId: t.reference().nullable(),
    episodeId: t.reference().nullable(),
    personId: t.reference(),
    /** On which page they said so; on that of their account, after a mistake, or in a list that was brought here. */
    context: t.enum(SUBSCRIBED_BY),
    /** Of a list: how they had said so, in the words of who brought it. */
    said: t.string().nullable(),
    confirmedAt: t.datetime(),
    unsubscribedAt: t.datetime().nullable(),
    /** What the mail server said of their address, where it ended for that. */
    refused: t.string().nullable(),
    ...timestamps(),
  },
  () => ({
    podcast: belongsTo(Podcast),
    episode: belongsTo(Episode),
    person: belongsTo(Person),
    mails: hasMany(SubscriptionMail, { foreignKey: 'subscriptionId' }),
  }),
)
export type Subscription = Row<typeof Subscription>
export type WholeSubscription = Loaded<typeof Subscription, ['podcast', 'episode', 'person']>
