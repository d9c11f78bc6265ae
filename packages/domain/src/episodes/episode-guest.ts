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

/** Who is a guest of an episode. */
export const EpisodeGuest = schema(
  'episode_guests',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    personId: t.reference(),
    position: t.integer().default(0),
    role: t.string().default('guest'),
    /** When the one mail was written that thanks them. */
    thankedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type EpisodeGuest = Row<typeof EpisodeGuest>

export function episodeGuestChangeset(
  guest: EpisodeGuest,
  params: Params,
): Changeset<typeof EpisodeGuest> {
  return check(
    cast(guest, params, ['personId', 'position', 'role']),
    required('personId', 'role'),
    length('role', { max: 128 }),
    unique(['episodeId', 'personId'], { errorField: 'personId' }),
    foreignKey('episodeId'),
    foreignKey('personId'),
  )
}
