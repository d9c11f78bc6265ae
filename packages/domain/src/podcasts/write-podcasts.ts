import { randomUUID } from 'node:crypto'
import {
  build,
  change,
  check,
  noAssocConstraint,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { Podcast, podcastChangeset } from './podcast.ts'
import { keepsOldPodcastAddresses } from './slugs.ts'

/** A new podcast, with a guid of its own that it keeps wherever its feed goes. */
export async function createPodcast(repo: Repo, params: Params): Promise<Saved<typeof Podcast>> {
  const draft = build(Podcast, { guid: randomUUID() })
  return repo.insert(check(podcastChangeset(draft, params), keepsOldPodcastAddresses(repo)))
}

export async function updatePodcast(
  repo: Repo,
  podcast: Podcast,
  params: Params,
): Promise<Saved<typeof Podcast>> {
  return repo.update(
    check(podcastChangeset(podcast, params), keepsOldPodcastAddresses(repo)),
    AS_OPENED,
  )
}

/** Deletes a podcast that never had an episode. One that has is archived instead: its feed and its pages go, its episodes stay. */
export async function deletePodcast(repo: Repo, podcast: Podcast): Promise<Saved<typeof Podcast>> {
  return repo.delete(
    check(
      change(podcast),
      noAssocConstraint('episodes', { message: 'are there: archive the podcast instead' }),
    ),
  )
}
