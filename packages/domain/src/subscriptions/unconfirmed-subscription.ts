import {
  belongsTo,
  cast,
  type Changeset,
  check,
  foreignKey,
  format,
  type Params,
  required,
  type Row,
  schema,
  t,
  timestamps,
  validate,
} from '@showrunner/data'
import { canBeMailed } from '../accounts/index.ts'
import { Episode } from '../episodes/index.ts'
import { EMAIL, EMAIL_MESSAGE, lowerCase } from '../formats/index.ts'
import { Podcast } from '../podcasts/index.ts'

/** What was asked for an address, until it is known to be theirs who asked. */
export const UnconfirmedSubscription = schema(
  'unconfirmed_subscriptions',
  {
    id: t.id(),
    podcastId: t.reference().nullable(),
    episodeId: t.reference().nullable(),
    email: t.string(),
    context: t.enum(['podcast', 'episode', 'newsletter']),
    /** Of the link that was mailed, once it was. */
    tokenHash: t.string().nullable().redact(),
    expiresAt: t.datetime(),
    ...timestamps(),
  },
  () => ({ podcast: belongsTo(Podcast), episode: belongsTo(Episode) }),
)
export type UnconfirmedSubscription = Row<typeof UnconfirmedSubscription>

/** The form that subscribes. */
export function unconfirmedSubscriptionChangeset(
  subscription: UnconfirmedSubscription,
  params: Params,
): Changeset<typeof UnconfirmedSubscription> {
  return check(
    cast(subscription, params, ['email']),
    lowerCase('email'),
    required('email'),
    format('email', EMAIL, EMAIL_MESSAGE),
    validate('email', (email) => (canBeMailed(email) ? [] : [EMAIL_MESSAGE])),
    foreignKey('podcastId'),
  )
}
