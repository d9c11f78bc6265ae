import { build, from, inc, type Repo } from '@showrunner/data'
import { type Doer, record } from '../activity/index.ts'
import { newToken, tokenHash } from '../accounts/index.ts'
import { type Episode, type EpisodePage, getEpisodePreview, isOut } from '../episodes/index.ts'
import { findPodcast } from '../podcasts/index.ts'
import { PreviewLink, type PreviewLinkWithMaker } from './preview-link.ts'

export const PREVIEW_LASTS_MS = 30 * 24 * 60 * 60_000

type OneEpisode = Pick<Episode, 'id' | 'podcastId' | 'title'>

/** A token that shows this episode to whoever has it, for thirty days. Only its hash is kept: it cannot be shown again. */
export async function sharePreview(
  repo: Repo,
  { id: episodeId, podcastId, title }: OneEpisode,
  by: Doer,
  asOf: Date,
): Promise<{ readonly token: string; readonly link: PreviewLink }> {
  const token = newToken()
  const expiresAt = new Date(asOf.getTime() + PREVIEW_LASTS_MS)
  const said = { podcastId, episodeId, expiresAt, tokenHash: tokenHash(token) }
  return repo.transaction(async () => {
    const link = await repo.insertOrThrow(
      build(PreviewLink, { ...said, ...(by.person && { madeById: by.person.id }) }),
    )
    const subject = { type: 'episode', id: episodeId, title, podcastId }
    await record(repo, by, { action: 'shared', subject, at: asOf })
    return { token, link }
  })
}

/** Every preview link of an episode that still leads there, the newest first. */
export async function listPreviews(
  repo: Repo,
  { id: episodeId }: Pick<Episode, 'id'>,
  asOf: Date,
): Promise<readonly PreviewLinkWithMaker[]> {
  const usable = from(PreviewLink)
    .where({ episodeId })
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', asOf)
  return repo.all(usable.orderBy({ id: 'desc' }).preload('madeBy'))
}

/** Ends a preview link of this episode. False when there is none of that number that still led there. */
export async function revokePreview(
  repo: Repo,
  { id: episodeId }: Pick<Episode, 'id'>,
  id: number,
  asOf: Date,
): Promise<boolean> {
  const link = from(PreviewLink).where({ episodeId, id }).where('revokedAt', 'is', null)
  return (await repo.updateAll(link, { revokedAt: asOf })) > 0
}

/** What a preview link leads to: it was revoked or has run out; the episode is out; or what its page will be. */
export type Preview =
  | { readonly state: 'over' }
  | { readonly state: 'out'; readonly podcast: string; readonly episode: string }
  | { readonly state: 'preview'; readonly shown: EpisodePage }

/** What this token shows, and that it was looked at. Undefined where there never was one. */
export async function findPreview(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<Preview | undefined> {
  const link = await repo.getBy(PreviewLink, { tokenHash: tokenHash(token) })
  if (!link) return undefined
  if (link.revokedAt !== null || link.expiresAt <= asOf) return { state: 'over' }

  const seen = { views: inc(1), lastSeenAt: asOf }
  await repo.updateAll(from(PreviewLink).where({ id: link.id }), seen)
  const shown = await getEpisodePreview(repo, link.episodeId, asOf)
  const { episode } = shown
  if (!isOut(episode, asOf) || !(await findPodcast(repo, episode.podcast.slug))) {
    return { state: 'preview', shown }
  }
  return { state: 'out', podcast: episode.podcast.slug, episode: episode.slug }
}
