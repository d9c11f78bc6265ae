import { type Actor, isAdmin, type OfPodcast, policy } from '../policies/index.ts'

/** Where the files of a podcast lie is changed by whoever may change the podcast, and import it. */
export const { actions, may, mayOrThrow } = policy(
  'moved file',
  {
    show: (actor: Actor, _podcast: OfPodcast) => isAdmin(actor),
    bring: (actor: Actor, _podcast: OfPodcast) => isAdmin(actor),
  },
  { hides: true },
)
