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
import { Episode } from './episode.ts'

/** Who makes an episode without being heard as host or guest: in a role, one of several a person may have. */
export const EpisodeCredit = schema(
  'episode_credits',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    personId: t.reference(),
    role: t.string(),
    personGroup: t.string().default('cast'),
    position: t.integer().default(0),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type EpisodeCredit = Row<typeof EpisodeCredit>

export function episodeCreditChangeset(
  credit: EpisodeCredit,
  params: Params,
): Changeset<typeof EpisodeCredit> {
  return check(
    cast(credit, params, ['personId', 'role', 'personGroup', 'position']),
    required('personId', 'role', 'personGroup'),
    length('role', { max: 128 }),
    unique(['episodeId', 'personId', 'role'], { errorField: 'role' }),
    foreignKey('episodeId'),
    foreignKey('personId'),
  )
}
