import { dynamic, from, type Query, subquery } from '@showrunner/data'
import { type Actor, isStaff } from '../policies/index.ts'
import { Post } from './post.ts'
import { PostTopic } from './post-topic.ts'

type Posts<Spec> = Query<typeof Post, Spec>

/** Out by then. One that is published for a later moment is scheduled, and appears when that moment comes. */
export function published<Spec>(posts: Posts<Spec>, asOf: Date): Posts<Spec> {
  return posts.where({ published: true }).where('publishedAt', '<=', asOf)
}

export function scheduled<Spec>(posts: Posts<Spec>, asOf: Date): Posts<Spec> {
  return posts.where({ published: true }).where('publishedAt', '>', asOf)
}

export function drafts<Spec>(posts: Posts<Spec>): Posts<Spec> {
  return posts.where({ published: false })
}

/** What somebody may `show` in the admin area. */
export function visibleTo<Spec>(actor: Actor, posts: Posts<Spec>): Posts<Spec> {
  if (actor.isAdmin) return posts
  const own = isStaff(actor) && actor.person ? [actor.person.id] : []
  return posts.where(dynamic(Post).and('authorId', 'in', own).or('editorId', 'in', own))
}

export function writtenBy<Spec>(posts: Posts<Spec>, personId: number): Posts<Spec> {
  return posts.where({ authorId: personId })
}

export function newestFirst<Spec>(posts: Posts<Spec>): Posts<Spec> {
  return posts.orderBy({ publishedAt: 'desc', id: 'desc' })
}

/** Out before that moment, the nearest first; of two at one moment, the one written first is the earlier. */
export function before<Spec>(posts: Posts<Spec>, moment: Date, id: number): Posts<Spec> {
  return posts.where(['publishedAt', 'id'], '<', [moment, id]).pipe(newestFirst)
}

/** Out after that moment, the nearest first. */
export function after<Spec>(posts: Posts<Spec>, moment: Date, id: number): Posts<Spec> {
  const later = posts.where(['publishedAt', 'id'], '>', [moment, id])
  return later.orderBy({ publishedAt: 'asc', id: 'asc' })
}

export function aboutTopic<Spec>(posts: Posts<Spec>, topicId: number): Posts<Spec> {
  return posts.where('id', 'in', subquery(from(PostTopic).where({ topicId }).select('postId')))
}
