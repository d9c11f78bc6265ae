import {
  addError,
  from,
  getChange,
  prepareChanges,
  type Repo,
  type Validator,
} from '@showrunner/data'
import { type Podcast } from './podcast.ts'
import { PodcastSlug } from './podcast-slug.ts'

/** Keeps old addresses: a slug that leads to another podcast since that one was called so is taken. The last rule. */
export function keepsOldPodcastAddresses(repo: Repo): Validator<typeof Podcast> {
  return prepareChanges<typeof Podcast>(async (changeset) => {
    const slug = getChange(changeset, 'slug')
    if (slug === undefined) return changeset
    // A name is taken whosever podcast had it.
    const old = await repo.unscoped().getBy(from(PodcastSlug).preload('podcast'), { slug })
    if (!old || old.podcastId === changeset.row.id) return changeset
    return addError(changeset, 'slug', 'was the address of "%{title}", and still leads there', {
      title: old.podcast.title,
    })
  })
}
