import { from, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { NewsItem } from '../news/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { Post } from '../posts/index.ts'
import { Topic } from '../topics/index.ts'

/**
 * What can be found. One more needs its documents in the database (a function beside those of migration 030, and triggers), a
 * reader below, and a word for it on the page.
 */
export const KINDS = ['podcast', 'episode', 'person', 'topic', 'post', 'news'] as const
export type Kind = (typeof KINDS)[number]

/** Something that can be found, as a list shows it. */
export interface Subject {
  readonly id: number
  readonly title: string
  /** Of its address; of a person, their handle. */
  readonly slug: string
  /** What is written about it, in full. */
  readonly text: string
  readonly shownAt: Date | null
  readonly coverUrl: string | null
  /** Of an episode. */
  readonly podcast: Podcast | null
}

type Read = (repo: Repo, ids: readonly number[]) => Promise<readonly Subject[]>

const READERS: Readonly<Record<Kind, Read>> = {
  podcast: readPodcasts,
  episode: readEpisodes,
  person: readPeople,
  topic: readTopics,
  post: readPosts,
  news: readNews,
}

export function isKind(name: string): name is Kind {
  return KINDS.some((kind) => kind === name)
}

/** These, by kind and id. One that was deleted meanwhile is not among them. */
export async function readSubjects(
  repo: Repo,
  wanted: readonly { readonly kind: string; readonly id: number }[],
): Promise<ReadonlyMap<string, Subject>> {
  const read = await Promise.all(
    KINDS.map(async (kind) => {
      const ids = wanted.filter((one) => one.kind === kind).map(({ id }) => id)
      const subjects = ids.length > 0 ? await READERS[kind](repo, ids) : []
      return subjects.map((subject) => [`${kind} ${subject.id}`, subject] as const)
    }),
  )
  return new Map(read.flat())
}

async function readPodcasts(repo: Repo, ids: readonly number[]) {
  const rows = await repo.all(from(Podcast).where('id', 'in', ids))
  return rows.map(({ id, title, slug, subtitle, description, descriptionHtml, coverUrl }) => {
    const text = written(subtitle, descriptionHtml ?? description)
    return { id, title, slug, text, shownAt: null, coverUrl, podcast: null }
  })
}

const SHOWN = [
  'id',
  'podcastId',
  'slug',
  'title',
  'subtitle',
  'summary',
  'notes',
  'notesHtml',
  'publishedAt',
  'coverUrl',
] as const

async function readEpisodes(repo: Repo, ids: readonly number[]) {
  const shown = from(Episode)
    .select(...SHOWN)
    .preload('podcast')
  const rows = await repo.all(shown.where('id', 'in', ids))
  return rows.map(({ id, title, slug, podcast, coverUrl, publishedAt, ...episode }) => {
    const { subtitle, summary, notes, notesHtml } = episode
    const text = written(subtitle, summary, notesHtml ?? notes)
    const cover = coverUrl ?? podcast.coverUrl
    return { id, title, slug, text, shownAt: publishedAt, coverUrl: cover, podcast }
  })
}

async function readPeople(repo: Repo, ids: readonly number[]) {
  const rows = await repo.all(from(Person).where('id', 'in', ids))
  return rows.map(({ id, name, handle, bio, bioHtml, avatarUrl }) => {
    const text = written(bioHtml ?? bio)
    return {
      id,
      title: name,
      slug: handle,
      text,
      shownAt: null,
      coverUrl: avatarUrl,
      podcast: null,
    }
  })
}

async function readTopics(repo: Repo, ids: readonly number[]) {
  const rows = await repo.all(from(Topic).where('id', 'in', ids))
  return rows.map(({ id, name, slug, description, descriptionHtml }) => {
    const text = written(descriptionHtml ?? description)
    return { id, title: name, slug, text, shownAt: null, coverUrl: null, podcast: null }
  })
}

async function readPosts(repo: Repo, ids: readonly number[]) {
  const rows = await repo.all(from(Post).where('id', 'in', ids))
  return rows.map(({ id, title, slug, publishedAt, coverUrl, ...post }) => {
    const text = written(post.subtitle, post.tldr, post.bodyHtml ?? post.body)
    return { id, title, slug, text, shownAt: publishedAt, coverUrl, podcast: null }
  })
}

async function readNews(repo: Repo, ids: readonly number[]) {
  const rows = await repo.all(from(NewsItem).where('id', 'in', ids))
  return rows.map(({ id, headline, slug, story, storyHtml, publishedAt, imageUrl }) => {
    const text = written(storyHtml ?? story)
    return {
      id,
      title: headline,
      slug,
      text,
      shownAt: publishedAt,
      coverUrl: imageUrl,
      podcast: null,
    }
  })
}

const MOST_LETTERS = 20_000
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

/** The words of it. It is our own HTML, of which only the words are shown, as text: tags need no parser. */
function written(...parts: readonly (string | null)[]): string {
  return parts
    .flatMap((part) => part ?? [])
    .join(' — ')
    .slice(0, MOST_LETTERS)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/gu, ' ')
    .trim()
}
