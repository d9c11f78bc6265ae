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

/** Who hosts an episode. */
export const EpisodeHost = schema(
  'episode_hosts',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    personId: t.reference(),
    position: t.integer().default(0),
    role: t.string().default('host'),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type EpisodeHost = Row<typeof EpisodeHost>

export function episodeHostChangeset(
  host: EpisodeHost,
  params: Params,
): Changeset<typeof EpisodeHost> {
  return check(
    cast(host, params, ['personId', 'position', 'role']),
    required('personId', 'role'),
    length('role', { max: 128 }),
    unique(['episodeId', 'personId'], { errorField: 'personId' }),
    foreignKey('episodeId'),
    foreignKey('personId'),
  )
}
