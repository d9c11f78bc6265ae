import { from, NotFoundError, type Query, type Repo } from '@showrunner/data'
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
import { type OnePage, pageOf } from '../lists/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { type ListedPost, pagePostsBy } from '../posts/index.ts'
import { Person } from './person.ts'

/** What somebody did, of which there may be more than their page shows. */
export const PERSON_PARTS = ['hosted', 'guested', 'written', 'credited'] as const
export type PersonPart = (typeof PERSON_PARTS)[number]

export type PersonPartPage = { readonly person: Person } & (
  | { readonly posts: OnePage<ListedPost>; readonly episodes?: never }
  | {
      readonly episodes: OnePage<ListedEpisode & { readonly podcast: Podcast }>
      readonly posts?: never
    }
)

const NARROWED: Readonly<Record<Exclude<PersonPart, 'written'>, Narrowing>> = {
  hosted: episodesHostedBy,
  guested: episodesGuestedBy,
  credited: episodesCreditedTo,
}
type Narrowing = <Spec>(
  episodes: Query<typeof Episode, Spec>,
  personId: number,
) => Query<typeof Episode, Spec>

/** A page of all of it, the newest first. @throws NotFoundError when nobody has the handle, or there is nothing of it on that page. */
export async function getPersonPart(
  repo: Repo,
  handle: string,
  part: PersonPart,
  asked: { readonly asOf: Date; readonly page: number },
): Promise<PersonPartPage> {
  const person = await repo.getByOrThrow(Person, { handle })
  if (part === 'written') {
    const posts = await pagePostsBy(repo, person.id, asked)
    return { person, posts: orThrow(posts, handle, part) }
  }
  const out = published(from(Episode).pipe(ofVisiblePodcasts), asked.asOf)
  const theirs = listed(newestFirst(NARROWED[part](out, person.id))).preload('podcast')
  return { person, episodes: orThrow(await pageOf(repo, theirs, asked.page), handle, part) }
}

function orThrow<R>(found: OnePage<R>, handle: string, part: PersonPart): OnePage<R> {
  if (found.total > 0) return found
  throw new NotFoundError(Person, `"${handle}" with anything ${part}`)
}
