import { belongsTo, type Row, schema, t } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'

/** What was sent of an episode to somebody within 24 hours. It goes after 25. */
export const DownloadPiece = schema(
  'download_pieces',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    /** Who it is, as nobody can tell any more once the salt of that day is gone. */
    listener: t.string(),
    beganAt: t.datetime(),
    bytes: t.bigint(),
    /** So many make a minute of the sound. */
    needed: t.bigint(),
    counted: t.boolean().default(false),
  },
  () => ({ episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type DownloadPiece = Row<typeof DownloadPiece>
