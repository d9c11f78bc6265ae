import { dynamic, type Query } from '@showrunner/data'
import { type Actor, isStaff } from '../policies/index.ts'
import { Post } from './post.ts'

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

/** Those whose title or summary has all these words in it. */
export function matching<Spec>(posts: Posts<Spec>, words: string): Posts<Spec> {
  const patterns = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  return patterns.reduce(
    (found, pattern) =>
      found.where(dynamic(Post).and('title', 'ilike', pattern).or('tldr', 'ilike', pattern)),
    posts,
  )
}

export function newestFirst<Spec>(posts: Posts<Spec>): Posts<Spec> {
  return posts.orderBy({ publishedAt: 'desc', id: 'desc' })
}
