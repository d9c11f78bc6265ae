import { exists, from, parent, subquery, type Query, type Repo } from '@showrunner/data'
import {
  Episode,
  EpisodeCredit,
  EpisodeGuest,
  EpisodeHost,
  ofVisiblePodcasts,
  published,
} from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast, PodcastCredit, PodcastHost, visible } from '../podcasts/index.ts'
import { Post, publishedPosts } from '../posts/index.ts'
import { type Slice, sliced, type Wanted } from './slice.ts'

/** Those who are named where anybody may see it by then, by name. Who is not, is nobody's business yet. */
export async function listPeople(repo: Repo, wanted: Wanted, asOf: Date): Promise<Slice<Person>> {
  const { after, most, offset } = wanted
  const [name, id] = after ?? []
  const seen = named(from(Person), asOf)
  const following = after ? seen.where(['name', 'id'], '>', [String(name), Number(id)]) : seen
  const found = await repo.all(
    following
      .orderBy({ name: 'asc', id: 'asc' })
      .limit(most + 1)
      .offset(offset ?? 0),
  )
  return sliced(found, wanted, (one) => [one.name, one.id])
}

/** @throws NotFoundError when nobody has the handle, or who has it is named nowhere yet. */
export async function getNamedPerson(repo: Repo, handle: string, asOf: Date): Promise<Person> {
  return repo.getByOrThrow(named(from(Person), asOf), { handle })
}

function named(people: Query<typeof Person>, asOf: Date): Query<typeof Person> {
  const out = published(from(Episode).pipe(ofVisiblePodcasts), asOf).select('id')
  const seen = from(Podcast).pipe(visible).select('id')
  const [their, inEpisodes] = [{ personId: parent('id') }, subquery(out)]
  const posts = publishedPosts(from(Post), asOf).where({ authorId: parent('id') })
  const hosts = from(PodcastHost).where({ ...their, retired: false })
  return people
    .where(exists(from(EpisodeHost).where(their).where('episodeId', 'in', inEpisodes)))
    .orWhere(exists(from(EpisodeGuest).where(their).where('episodeId', 'in', inEpisodes)))
    .orWhere(exists(from(EpisodeCredit).where(their).where('episodeId', 'in', inEpisodes)))
    .orWhere(exists(hosts.where('podcastId', 'in', subquery(seen))))
    .orWhere(exists(from(PodcastCredit).where(their).where('podcastId', 'in', subquery(seen))))
    .orWhere(exists(posts))
}
