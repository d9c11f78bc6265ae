import {
  belongsTo,
  cast,
  check,
  foreignKey,
  length,
  required,
  schema,
  t,
  timestamps,
  unique,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { Person } from '../people/index.ts'
import { Podcast } from './podcast.ts'

/** Who makes a podcast without hosting it: in a role, one of several a person may have. */
export const PodcastCredit = schema(
  'podcast_credits',
  {
    id: t.id(),
    podcastId: t.reference(),
    personId: t.reference(),
    role: t.string(),
    personGroup: t.string().default('cast'),
    position: t.integer().default(0),
    ...timestamps(),
  },
  () => ({ podcast: belongsTo(Podcast), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type PodcastCredit = Row<typeof PodcastCredit>

export function podcastCreditChangeset(
  credit: PodcastCredit,
  params: Params,
): Changeset<typeof PodcastCredit> {
  return check(
    cast(credit, params, ['personId', 'role', 'personGroup', 'position']),
    required('personId', 'role', 'personGroup'),
    length('role', { max: 128 }),
    unique(['podcastId', 'personId', 'role'], { errorField: 'role' }),
    foreignKey('podcastId'),
    foreignKey('personId'),
  )
}
