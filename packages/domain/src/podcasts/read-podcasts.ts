import { from, type Loaded, type Repo } from '@showrunner/data'
import { Podcast } from './podcast.ts'
import { inOrder, visible } from './scopes.ts'

export type PodcastWithHosts = Loaded<typeof Podcast, ['hosts']>

/** Every podcast anybody may see, in the network's order. */
export async function listPodcasts(repo: Repo): Promise<readonly PodcastWithHosts[]> {
  return repo.all(from(Podcast).pipe(visible, inOrder).preload('hosts'))
}

export async function findPodcast(repo: Repo, slug: string): Promise<Podcast | undefined> {
  return repo.getBy(from(Podcast).pipe(visible), { slug })
}

/** @throws NotFoundError when there is none that anybody may see. */
export async function getPodcast(repo: Repo, slug: string): Promise<Podcast> {
  return repo.getByOrThrow(from(Podcast).pipe(visible), { slug })
}

/** Whatever its status: for who works on it. @throws NotFoundError */
export async function getPodcastById(repo: Repo, id: number): Promise<Podcast> {
  return repo.getOrThrow(Podcast, id)
}
