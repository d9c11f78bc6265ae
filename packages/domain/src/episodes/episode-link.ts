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
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { WEB_ADDRESS, WEB_ADDRESS_MESSAGE } from '../formats/index.ts'
import { Episode } from './episode.ts'

/** Something an episode points to. */
export const EpisodeLink = schema(
  'episode_links',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    position: t.integer().default(0),
    title: t.string(),
    url: t.string(),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type EpisodeLink = Row<typeof EpisodeLink>

export function episodeLinkChangeset(
  link: EpisodeLink,
  params: Params,
): Changeset<typeof EpisodeLink> {
  return check(
    cast(link, params, ['position', 'title', 'url']),
    required('title', 'url'),
    length('title', { max: 255 }),
    format('url', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    foreignKey('episodeId'),
  )
}
