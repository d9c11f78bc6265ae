import { type Row, schema, t } from '@showrunner/data'

/** What listeners of a day are hashed with. */
export const DownloadSalt = schema('download_salts', {
  day: t.date().primaryKey(),
  salt: t.string(),
})
export type DownloadSalt = Row<typeof DownloadSalt>
