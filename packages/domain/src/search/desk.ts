import { from, type Repo } from '@showrunner/data'
import * as episodes from '../episodes/index.ts'
import { matching, sorted } from '../lists/index.ts'
import * as news from '../news/index.ts'
import * as people from '../people/index.ts'
import * as podcasts from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'
import * as posts from '../posts/index.ts'
import { reference } from '../rows/index.ts'
import * as sponsors from '../sponsors/index.ts'
import * as topics from '../topics/index.ts'

export const FOUND_TYPES = [
  'episodes',
  'podcasts',
  'people',
  'posts',
  'topics',
  'sponsors',
  'news',
  'sources',
] as const
export type FoundType = (typeof FOUND_TYPES)[number]

/** Something that was found. */
export interface Found {
  readonly type: FoundType
  readonly id: number
  readonly title: string
  /** What tells it from others of its name. */
  readonly detail: string
  /** What a picker sends for it. */
  readonly reference: string
  /** Of an episode. */
  readonly podcastId: number | null
}

type Search = (repo: Repo, actor: Actor, q: string, most: number) => Promise<readonly Found[]>

const SEARCHES: Readonly<Record<FoundType, { may: (actor: Actor) => boolean; find: Search }>> = {
  episodes: { may: (actor) => podcasts.may(actor, 'list'), find: findEpisodes },
  podcasts: { may: (actor) => podcasts.may(actor, 'list'), find: findPodcasts },
  people: { may: (actor) => people.may(actor, 'search'), find: findPeople },
  posts: { may: (actor) => posts.may(actor, 'list'), find: findPosts },
  topics: { may: (actor) => topics.may(actor, 'search'), find: findTopics },
  sponsors: { may: (actor) => sponsors.may(actor, 'search'), find: findSponsors },
  news: { may: (actor) => news.may(actor, 'list'), find: findNews },
  // Whoever writes news down says whose it is.
  sources: { may: (actor) => news.may(actor, 'create'), find: findSources },
}

/** What somebody may see of what they look for, at most so many of each type; nothing for no words. */
export async function searchDesk(
  repo: Repo,
  actor: Actor,
  q: string,
  {
    types = FOUND_TYPES,
    most = 8,
  }: { readonly types?: readonly FoundType[]; readonly most?: number } = {},
): Promise<readonly Found[]> {
  if (q.trim() === '') return []
  const allowed = types.map((type) => SEARCHES[type]).filter(({ may }) => may(actor))
  const found = await Promise.all(allowed.map(({ find }) => find(repo, actor, q, most)))
  return found.flat()
}

async function findEpisodes(repo: Repo, actor: Actor, q: string, most: number) {
  const all = episodes.visibleTo(actor, from(episodes.Episode).preload('podcast'))
  const found = sorted(
    matching(all, ['title', 'slug', 'numberDisplay'], q),
    ['-publishedAt'],
    undefined,
  )
  const rows = await repo.all(found.limit(most))
  return rows.map(({ id, title, slug, podcast, podcastId }) => {
    return one('episodes', { id, title, detail: podcast.title, key: slug, podcastId })
  })
}

async function findPodcasts(repo: Repo, actor: Actor, q: string, most: number) {
  const all = podcasts.visibleTo(actor, from(podcasts.Podcast))
  const found = sorted(matching(all, ['title', 'slug'], q), ['title'], undefined)
  const rows = await repo.all(found.limit(most))
  return rows.map(({ id, title, slug }) => one('podcasts', { id, title, detail: slug, key: slug }))
}

// Addresses are for administrators: others do not learn whose one is by trying.
async function findPeople(repo: Repo, actor: Actor, q: string, most: number) {
  const fields = actor.isAdmin
    ? (['name', 'handle', 'email'] as const)
    : (['name', 'handle'] as const)
  const found = sorted(matching(from(people.Person), fields, q), ['name'], undefined)
  const rows = await repo.all(found.limit(most))
  return rows.map(({ id, name, handle }) => {
    return one('people', { id, title: name, detail: `@${handle}`, key: handle })
  })
}

async function findPosts(repo: Repo, actor: Actor, q: string, most: number) {
  const all = posts.visibleTo(actor, from(posts.Post))
  const found = sorted(matching(all, ['title', 'slug'], q), ['-updatedAt'], undefined)
  const rows = await repo.all(found.limit(most))
  return rows.map(({ id, title, slug }) => one('posts', { id, title, detail: slug, key: slug }))
}

async function findTopics(repo: Repo, _actor: Actor, q: string, most: number) {
  const found = sorted(matching(from(topics.Topic), ['name', 'slug'], q), ['name'], undefined)
  const rows = await repo.all(found.limit(most))
  return rows.map(({ id, name, slug }) =>
    one('topics', { id, title: name, detail: slug, key: slug }),
  )
}

async function findSponsors(repo: Repo, _actor: Actor, q: string, most: number) {
  const found = sorted(matching(from(sponsors.Sponsor), ['name', 'slug'], q), ['name'], undefined)
  const rows = await repo.all(found.limit(most))
  return rows.map(({ id, name, slug }) =>
    one('sponsors', { id, title: name, detail: slug, key: slug }),
  )
}

async function findNews(repo: Repo, actor: Actor, q: string, most: number) {
  const all = news.visibleTo(actor, from(news.NewsItem))
  const found = sorted(matching(all, ['headline', 'url'], q), ['-updatedAt'], undefined)
  const rows = await repo.all(found.limit(most))
  return rows.map(({ id, headline, url }) =>
    one('news', { id, title: headline, detail: url ?? '', key: String(id) }),
  )
}

async function findSources(repo: Repo, _actor: Actor, q: string, most: number) {
  const found = sorted(matching(from(news.NewsSource), ['name', 'slug'], q), ['name'], undefined)
  const rows = await repo.all(found.limit(most))
  return rows.map(({ id, name, slug }) =>
    one('sources', { id, title: name, detail: slug, key: slug }),
  )
}

interface Named {
  readonly id: number
  readonly title: string
  readonly detail: string
  readonly key: string
  readonly podcastId?: number
}

function one(type: FoundType, { id, title, detail, key, podcastId }: Named): Found {
  return { type, id, title, detail, reference: reference(title, key), podcastId: podcastId ?? null }
}
