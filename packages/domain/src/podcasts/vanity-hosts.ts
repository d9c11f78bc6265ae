import { from, type Repo } from '@showrunner/data'
import { Podcast } from './podcast.ts'
import { visible } from './scopes.ts'

/** The podcasts with a host of their own that anybody may see. */
export async function listVanityHosts(repo: Repo): Promise<readonly Podcast[]> {
  return repo.all(from(Podcast).pipe(visible).where('vanityHost', 'is not', null))
}
