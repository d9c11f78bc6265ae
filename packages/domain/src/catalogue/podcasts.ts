import { from, type Loaded, type Repo } from '@showrunner/data'
import { inOrder, Podcast, visible } from '../podcasts/index.ts'
import { type Slice, sliced, type Wanted } from './slice.ts'

const WHOLE = ['topics', { podcastHosts: ['person'] }, { credits: ['person'] }] as const
export type PodcastInCatalogue = Loaded<typeof Podcast, typeof WHOLE>

/** The podcasts that anybody may see, in the network's order. */
export async function listPodcasts(repo: Repo, wanted: Wanted): Promise<Slice<PodcastInCatalogue>> {
  const { after, most, offset } = wanted
  const seen = from(Podcast).pipe(visible)
  const [position, title, id] = after ?? []
  const place = [Number(position), String(title), Number(id)] as const
  const following = after ? seen.where(['position', 'title', 'id'], '>', place) : seen
  const found = await repo.all(
    inOrder(following)
      .limit(most + 1)
      .offset(offset ?? 0)
      .preload(...WHOLE),
  )
  return sliced(found, wanted, (one) => [one.position, one.title, one.id])
}

/** @throws NotFoundError when there is none that anybody may see. */
export async function getWholePodcast(repo: Repo, slug: string): Promise<PodcastInCatalogue> {
  return repo.getByOrThrow(
    from(Podcast)
      .pipe(visible)
      .preload(...WHOLE),
    { slug },
  )
}
