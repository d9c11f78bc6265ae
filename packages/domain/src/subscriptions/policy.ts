import { isAdmin, isItsHost, type Actor, type OfPodcast, policy } from '../policies/index.ts'

/** Hosts see how many there are; whose addresses they are is for administrators alone. */
export const { actions, may, mayOrThrow } = policy(
  'subscription',
  {
    count: isItsHost,
    list: (actor: Actor, _podcast: OfPodcast) => isAdmin(actor),
    import: (actor: Actor, _podcast: OfPodcast) => isAdmin(actor),
  },
  { hides: true },
)
