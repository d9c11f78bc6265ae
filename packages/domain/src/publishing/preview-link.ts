import { belongsTo, schema, t, timestamps, type Loaded, type Row } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'

/** Lets whoever has it see an episode before it is out, for a while. */
export const PreviewLink = schema(
  'preview_links',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    madeById: t.reference().nullable(),
    tokenHash: t.string().redact(),
    expiresAt: t.datetime(),
    revokedAt: t.datetime().nullable(),
    lastSeenAt: t.datetime().nullable(),
    views: t.integer().default(0),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), madeBy: belongsTo(Person, { foreignKey: 'madeById' }) }),
  { tenant: 'podcastId' },
)
export type PreviewLink = Row<typeof PreviewLink>
export type PreviewLinkWithMaker = Loaded<typeof PreviewLink, ['madeBy']>
