import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Podcast } from '../podcasts/index.ts'
import { ApiToken } from './api-token.ts'

/** A podcast that a token reaches which does not reach all of its owner's. */
export const ApiTokenPodcast = schema(
  'api_token_podcasts',
  { id: t.id(), tokenId: t.reference(), podcastId: t.reference(), ...timestamps() },
  () => ({ token: belongsTo(ApiToken), podcast: belongsTo(Podcast) }),
  { tenant: 'podcastId' },
)
export type ApiTokenPodcast = Row<typeof ApiTokenPodcast>
