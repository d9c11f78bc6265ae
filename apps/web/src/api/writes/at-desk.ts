import { type Episode, mayOrThrow } from '@showrunner/domain/episodes'
import { getEpisodeAtWork } from '@showrunner/domain/api-tokens'
import { type EpisodeToCheck } from '@showrunner/domain/publishing'
import { z } from 'zod'
import { type Writing, type Written } from '../operation.ts'
import { deskEpisode } from '../present/desk.ts'
import { Problem } from '../problem.ts'

type AtDesk = Pick<
  Writing<{ readonly id: number }, unknown, unknown>,
  'repo' | 'actor' | 'params' | 'asOf' | 'outside' | 'request'
>

export const IfMatch = z.strictObject({
  'if-match': z
    .string()
    .max(100)
    .optional()
    .describe(
      'The ETag of the version that is to be changed. Where it is another by now, nothing is changed, and the answer is 412.',
    ),
})

/** The episode of the address, if this may be done with it. */
export async function episodeAtDesk(
  { repo, actor, params }: AtDesk,
  action: 'show' | 'update' | 'publish' | 'unpublish',
): Promise<EpisodeToCheck> {
  const episode = await getEpisodeAtWork(repo, params.id)
  mayOrThrow(actor, action, episode)
  return episode
}

/** As it is now. */
export async function answerWith(
  { repo, asOf, outside }: AtDesk,
  { id }: Pick<Episode, 'id'>,
  { status = 200, headers = {} }: Partial<Pick<Written, 'status' | 'headers'>> = {},
): Promise<Written> {
  const episode = await getEpisodeAtWork(repo, id)
  return {
    status,
    body: deskEpisode(outside, episode, asOf),
    headers: { etag: `"${episode.lockVersion}"`, ...headers },
  }
}

/** The version that `If-Match` means; undefined where nobody says any. */
export function versionMeant({ request }: AtDesk): { readonly lockVersion?: number } {
  const said = request.headers['if-match']
  if (said === undefined || said.trim() === '*') return {}
  const [, version] = /^\s*"(\d{1,9})"\s*$/.exec(said) ?? []
  if (version !== undefined) return { lockVersion: Number(version) }
  const detail = 'is no ETag of an episode: send it as the episode’s ETag says it, as in "7"'
  throw new Problem('bad-request', {
    detail: `If-Match ${detail}.`,
    faults: [{ in: 'header', name: 'If-Match', detail }],
  })
}
