import { z } from 'zod'
import { Id, Slug } from './values.ts'

/** What stands in addresses, for those that several operations have. */
export const NoPath = z.strictObject({})

export const PodcastPath = z.strictObject({
  podcast: Slug.describe('The slug of a podcast: `local-time`.'),
})

export const EpisodePath = z.strictObject({
  ...PodcastPath.shape,
  episode: Slug.describe('The slug of an episode of it: `42`.'),
})

export const PostPath = z.strictObject({ post: Slug.describe('The slug of a post.') })

export const NewsPath = z.strictObject({ id: Id.describe('The number of a news item.') })
