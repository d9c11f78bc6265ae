import { schema, t, type Row } from '@showrunner/data'

/** How much of an allowance is used, as the time when all of it is there again. */
export const RateLimit = schema('rate_limits', {
  key: t.string().primaryKey(),
  freeAt: t.datetime(),
})
export type RateLimit = Row<typeof RateLimit>
