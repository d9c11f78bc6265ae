import {
  belongsTo,
  cast,
  check,
  foreignKey,
  format,
  length,
  required,
  schema,
  t,
  timestamps,
  validate,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { canBeMailed } from '../accounts/index.ts'
import { EMAIL, EMAIL_MESSAGE, lowerCase } from '../formats/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { LONGEST_WISH, WISH_FIELDS } from './episode-request.ts'

/** What was written on the page for everybody, until the address is known to be theirs who wrote it. */
export const UnconfirmedRequest = schema(
  'unconfirmed_requests',
  {
    id: t.id(),
    podcastId: t.reference(),
    name: t.string(),
    email: t.string(),
    pitch: t.string(),
    topics: t.string().nullable(),
    hosts: t.string().nullable(),
    guests: t.string().nullable(),
    pronunciation: t.string().nullable(),
    /** Of the link that was mailed, once it was. */
    tokenHash: t.string().nullable().redact(),
    expiresAt: t.datetime(),
    ...timestamps(),
  },
  () => ({ podcast: belongsTo(Podcast) }),
  { tenant: 'podcastId' },
)
export type UnconfirmedRequest = Row<typeof UnconfirmedRequest>

/** The form that asks for an episode. */
export function unconfirmedChangeset(
  request: UnconfirmedRequest,
  params: Params,
): Changeset<typeof UnconfirmedRequest> {
  return check(
    cast(request, params, ['podcastId', 'name', 'email', ...WISH_FIELDS]),
    lowerCase('email'),
    required(['podcastId'], { message: 'must be chosen' }),
    required('name', 'email', 'pitch'),
    length('name', { max: 255 }),
    format('email', EMAIL, EMAIL_MESSAGE),
    validate('email', (email) => (canBeMailed(email) ? [] : [EMAIL_MESSAGE])),
    ...WISH_FIELDS.map((field) =>
      length<typeof UnconfirmedRequest>(field, { max: LONGEST_WISH[field] }),
    ),
    foreignKey('podcastId'),
  )
}
