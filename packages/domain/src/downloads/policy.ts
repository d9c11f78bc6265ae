import {
  type Actor,
  isAdmin,
  isHost,
  isItsHost,
  type OfPodcast,
  policy,
} from '../policies/index.ts'

/** Hosts see how often their own podcasts are heard; what a sponsor is told is for administrators. */
export const { actions, may, mayOrThrow } = policy(
  'downloads',
  {
    list: isHost,
    show: (actor: Actor, of: OfPodcast) => isItsHost(actor, of),
    report: isAdmin,
  },
  { hides: true },
)
