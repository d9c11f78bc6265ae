import { type Query } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { type NewsItem } from './news-item.ts'

type Items<Spec> = Query<typeof NewsItem, Spec>

/** Out by then. */
export function out<Spec>(items: Items<Spec>, asOf: Date): Items<Spec> {
  return items.where({ status: 'published' }).where('publishedAt', '<=', asOf)
}

/** Out by itself when its moment comes. */
export function scheduled<Spec>(items: Items<Spec>, asOf: Date): Items<Spec> {
  return items.where({ status: 'published' }).where('publishedAt', '>', asOf)
}

export function newestFirst<Spec>(items: Items<Spec>): Items<Spec> {
  return items.orderBy({ publishedAt: 'desc', id: 'desc' })
}

/** What is pinned stands before what is newer. */
export function pinnedFirst<Spec>(items: Items<Spec>): Items<Spec> {
  return items.orderBy({ pinned: 'desc', publishedAt: 'desc', id: 'desc' })
}

export function nextFirst<Spec>(items: Items<Spec>): Items<Spec> {
  return items.orderBy({ queuePosition: 'asc', id: 'asc' })
}

/** What somebody may `show` in the admin area. */
export function visibleTo<Spec>(actor: Actor, items: Items<Spec>): Items<Spec> {
  if (actor.isAdmin) return items
  return items.where('loggerId', 'in', actor.isEditor && actor.person ? [actor.person.id] : [])
}

export function isOut(
  { status, publishedAt }: Pick<NewsItem, 'status' | 'publishedAt'>,
  asOf: Date,
): boolean {
  return status === 'published' && publishedAt !== null && publishedAt <= asOf
}
