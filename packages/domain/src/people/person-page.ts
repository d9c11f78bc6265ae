import { from, NotFoundError, type Repo } from '@showrunner/data'
import {
  Episode,
  episodesCreditedTo,
  episodesGuestedBy,
  episodesHostedBy,
  listed,
  type ListedEpisode,
  newestFirst,
  ofVisiblePodcasts,
  published,
} from '../episodes/index.ts'
import {
  inOrder,
  Podcast,
  podcastsCreditedTo,
  podcastsHostedBy,
  visible,
} from '../podcasts/index.ts'
import { type ListedPost, listPostsBy } from '../posts/index.ts'
import { Person } from './person.ts'

/** The newest: the others have a page of their own. */
export const EPISODES_OF_ONE = 50

type EpisodeWithPodcast = ListedEpisode & { readonly podcast: Podcast }

/** What the page of a person shows: only of what anybody may see, the newest first, and one more where there is more. */
export interface PersonPage {
  readonly person: Person
  /** Hosts of these. */
  readonly podcasts: readonly Podcast[]
  /** Makes these without being heard. */
  readonly makes: readonly Podcast[]
  readonly hosted: readonly EpisodeWithPodcast[]
  readonly guested: readonly EpisodeWithPodcast[]
  readonly credited: readonly EpisodeWithPodcast[]
  readonly posts: readonly ListedPost[]
}

/** @throws NotFoundError when nobody has the handle, or who has it is named nowhere yet: an administrator, a guest to be. */
export async function getPersonPage(repo: Repo, handle: string, asOf: Date): Promise<PersonPage> {
  const person = await repo.getByOrThrow(Person, { handle })
  const released = listed(newestFirst(published(from(Episode).pipe(ofVisiblePodcasts), asOf)))
    .limit(EPISODES_OF_ONE + 1)
    .preload('podcast')
  const shows = from(Podcast).pipe(visible, inOrder)
  const [podcasts, makes, hosted, guested, credited, posts] = await Promise.all([
    repo.all(podcastsHostedBy(shows, person.id)),
    repo.all(podcastsCreditedTo(shows, person.id)),
    repo.all(episodesHostedBy(released, person.id)),
    repo.all(episodesGuestedBy(released, person.id)),
    repo.all(episodesCreditedTo(released, person.id)),
    listPostsBy(repo, person.id, asOf),
  ])
  const parts = [podcasts, makes, hosted, guested, credited, posts]
  if (parts.every(({ length }) => length === 0)) {
    throw new NotFoundError(Person, `of "${handle}" that anybody may see`)
  }
  return { person, podcasts, makes, hosted, guested, credited, posts }
}
