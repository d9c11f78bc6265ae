import {
  belongsTo,
  build,
  from,
  schema,
  t,
  timestamps,
  type Repo,
  type Row,
} from '@showrunner/data'
import { newToken, tokenHash } from '../accounts/index.ts'
import { EpisodeRequest } from './episode-request.ts'

const DAY_MS = 24 * 60 * 60_000
const LIFETIME_MS = 180 * DAY_MS

/** A way to the page of a request, for whoever made it. Each mail has one of its own: only hashes are kept. */
export const RequestLink = schema(
  'request_links',
  {
    id: t.id(),
    podcastId: t.reference(),
    requestId: t.reference(),
    tokenHash: t.string().redact(),
    expiresAt: t.datetime(),
    ...timestamps(),
  },
  () => ({ request: belongsTo(EpisodeRequest, { foreignKey: 'requestId' }) }),
  { tenant: 'podcastId' },
)
export type RequestLink = Row<typeof RequestLink>

/** A token that leads to the page of this request for half a year. */
export async function createRequestLink(
  repo: Repo,
  request: Pick<EpisodeRequest, 'id' | 'podcastId'>,
  asOf: Date,
  token = newToken(),
): Promise<string> {
  await repo.insertOrThrow(
    build(RequestLink, {
      podcastId: request.podcastId,
      requestId: request.id,
      tokenHash: tokenHash(token),
      expiresAt: new Date(asOf.getTime() + LIFETIME_MS),
    }),
  )
  return token
}

/** The request a token leads to, with all that its maker may read; undefined when the link ran out or never was. */
export async function findRequestByToken(repo: Repo, token: string, asOf: Date) {
  const living = from(RequestLink).where('expiresAt', '>', asOf)
  const link = await repo.getBy(living, { tokenHash: tokenHash(token) })
  if (!link) return undefined
  const whole = from(EpisodeRequest).preload('podcast', 'submitter', 'episode', {
    messages: ['person'],
  })
  return repo.get(whole, link.requestId)
}
