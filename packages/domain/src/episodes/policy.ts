import { type Actor, isItsHost, type OfPodcast, policy } from '../policies/index.ts'
import { type Episode } from './episode.ts'

/**
 * Hosts do the whole work on their own podcasts. Publishing is part of it, which the original keeps for its
 * administrators. What is published, or will be, is not deleted by anybody: it is unpublished first.
 */
export const { actions, may, mayOrThrow } = policy(
  'episode',
  {
    list: isItsHost,
    create: isItsHost,
    show: isItsHost,
    sharePreview: isItsHost,
    update: isItsHost,
    publish: isItsHost,
    unpublish: isItsHost,
    delete: (actor: Actor, episode: OfPodcast & Pick<Episode, 'published'>) =>
      isItsHost(actor, episode) && !episode.published,
  },
  { hides: true },
)
