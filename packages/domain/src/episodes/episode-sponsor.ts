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
  unique,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { endsAfterStart, WEB_ADDRESS, WEB_ADDRESS_MESSAGE } from '../formats/index.ts'
import { Sponsor } from '../sponsors/index.ts'
import { Episode } from './episode.ts'

/** What an episode says of a sponsor: the words of that day, which later changes to the sponsor leave alone. */
export const EpisodeSponsor = schema(
  'episode_sponsors',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    sponsorId: t.reference(),
    position: t.integer().default(0),
    title: t.string(),
    linkUrl: t.string(),
    description: t.string().nullable(),
    startsMs: t.integer().nullable(),
    endsMs: t.integer().nullable(),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), sponsor: belongsTo(Sponsor) }),
  { tenant: 'podcastId' },
)
export type EpisodeSponsor = Row<typeof EpisodeSponsor>

const FIELDS = [
  'sponsorId',
  'position',
  'title',
  'linkUrl',
  'description',
  'startsMs',
  'endsMs',
] as const

export function episodeSponsorChangeset(
  sponsor: EpisodeSponsor,
  params: Params,
): Changeset<typeof EpisodeSponsor> {
  return check(
    cast(sponsor, params, FIELDS),
    required('sponsorId', 'title', 'linkUrl'),
    length('title', { max: 255 }),
    length('description', { max: 5000 }),
    format('linkUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    endsAfterStart,
    unique(['episodeId', 'sponsorId'], { errorField: 'sponsorId' }),
    foreignKey('episodeId'),
    foreignKey('sponsorId'),
  )
}
