import { schema, t, type Row } from '@showrunner/data'

/** What was last told of a feed to those who asked to be told. */
export const ToldFeed = schema('told_feeds', {
  id: t.id(),
  /** Its address, without the host. */
  feed: t.string(),
  digest: t.string(),
  toldAt: t.datetime(),
})
export type ToldFeed = Row<typeof ToldFeed>
