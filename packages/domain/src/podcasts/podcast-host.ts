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

/** Who hosts a podcast, or did. */
export const PodcastHost = schema(
  'podcast_hosts',
  {
    id: t.id(),
    podcastId: t.reference(),
    personId: t.reference(),
    position: t.integer().default(0),
    role: t.string().default('host'),
    retired: t.boolean().default(false),
    ...timestamps(),
  },
  () => ({ podcast: belongsTo(Podcast), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type PodcastHost = Row<typeof PodcastHost>

export function podcastHostChangeset(
  host: PodcastHost,
  params: Params,
): Changeset<typeof PodcastHost> {
  return check(
    cast(host, params, ['personId', 'position', 'role', 'retired']),
    required('personId', 'role'),
    length('role', { max: 128 }),
    unique(['podcastId', 'personId'], { errorField: 'personId' }),
    foreignKey('podcastId'),
    foreignKey('personId'),
  )
}
