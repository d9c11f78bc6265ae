import { from, type Loaded, type Query, type Repo } from '@showrunner/data'
import { countEach, type ListOptions, matching, type Paged, paged, sorted } from '../lists/index.ts'
import { type Actor } from '../policies/index.ts'
import { NewsItem } from './news-item.ts'
import { nextFirst, out, scheduled, visibleTo } from './scopes.ts'

export const NEWS_STATES = [
  'drafts',
  'submitted',
  'queued',
  'scheduled',
  'published',
  'declined',
] as const
export type NewsState = (typeof NEWS_STATES)[number]

/** First what was worked on last, what is next, what came out last. */
export const NEWS_SORTS = {
  drafts: ['-updatedAt', 'headline'],
  submitted: ['insertedAt', 'headline'],
  queued: ['queuePosition', 'headline'],
  scheduled: ['publishedAt', 'headline'],
  published: ['-publishedAt', 'headline'],
  declined: ['-updatedAt', 'headline'],
} as const

export type NewsItemInList = Loaded<typeof NewsItem, ['source', 'submitter', 'logger']>

/** A page of the items in one state that somebody may see in the admin area. */
export async function searchNews(
  repo: Repo,
  actor: Actor,
  state: NewsState,
  { q, sort, page }: ListOptions,
  asOf: Date,
): Promise<Paged<NewsItemInList>> {
  const theirs = inState(visibleTo(actor, from(NewsItem)), state, asOf)
  const found = sorted(matching(theirs, ['headline', 'url'], q), NEWS_SORTS[state], sort)
  const { rows, ...rest } = await paged(repo, found, page)
  return { ...rest, rows: await repo.preload(rows, 'source', 'submitter', 'logger') }
}

/** How many items there are of each state that somebody may see. */
export async function countNews(
  repo: Repo,
  actor: Actor,
  asOf: Date,
): Promise<Readonly<Record<NewsState, number>>> {
  const theirs = visibleTo(actor, from(NewsItem))
  return countEach(NEWS_STATES, async (state) => repo.count(inState(theirs, state, asOf)))
}

/** The whole queue, the next first. */
export async function listQueue(repo: Repo): Promise<readonly NewsItemInList[]> {
  const queue = nextFirst(from(NewsItem).where({ status: 'queued' }))
  return repo.all(queue.preload('source', 'submitter', 'logger'))
}

function inState<Spec>(items: Query<typeof NewsItem, Spec>, state: NewsState, asOf: Date) {
  switch (state) {
    case 'drafts':
      return items.where({ status: 'draft' })
    case 'scheduled':
      return scheduled(items, asOf)
    case 'published':
      return out(items, asOf)
    default:
      return items.where({ status: state })
  }
}
