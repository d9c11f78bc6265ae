import { schema, t, timestamps, type Row } from '@showrunner/data'

/** Something that those who look after the community are told, once for each key. */
export const CommunityNotice = schema('community_notices', {
  id: t.id(),
  key: t.string(),
  words: t.string(),
  /** Set before it is told: with no `toldAt` beside it, nobody knows whether it was. */
  begunAt: t.datetime().nullable(),
  toldAt: t.datetime().nullable(),
  ...timestamps(),
})
export type CommunityNotice = Row<typeof CommunityNotice>
