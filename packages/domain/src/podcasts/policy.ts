import { type Actor, isAdmin, isHost, isItsHost, policy } from '../policies/index.ts'
import { type Podcast } from './podcast.ts'

// The status tells it from an episode, which has an id as well.
type OnePodcast = Pick<Podcast, 'id' | 'status'>

/** What a podcast is, where its feed lies and who hosts it decides over more than one person's work: administrators do. */
export const { actions, may, mayOrThrow } = policy(
  'podcast',
  {
    list: isHost,
    show: (actor: Actor, { id }: OnePodcast) => isItsHost(actor, { podcastId: id }),
    create: isAdmin,
    update: (actor: Actor, _podcast: OnePodcast) => isAdmin(actor),
    delete: (actor: Actor, _podcast: OnePodcast) => isAdmin(actor),
  },
  { hides: true },
)
