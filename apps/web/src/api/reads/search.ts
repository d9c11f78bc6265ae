import { type Hit as Found, type Kind, type Marked, search } from '@showrunner/domain/search'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { readList } from '../operation.ts'
import { type Outside } from '../outside.ts'
import { episodePath } from '../present/episode.ts'
import { newsPath } from '../present/news.ts'
import { maybeSeconds, podcastPart } from '../present/parts.ts'
import { postPath } from '../present/post.ts'
import { NoPath } from '../schemas/paths.ts'
import { Hit } from '../schemas/search.ts'
import { Slug } from '../schemas/values.ts'

export const searchEverything = readList({
  id: 'search',
  path: '/search',
  tag: 'Search',
  summary: 'Everything in which these words stand or are said, the best first',
  description:
    'A word that nothing has is taken as one that begins so, and then as one that is written like it. It costs five requests of the allowance.',
  params: NoPath,
  filters: {
    q: z.string().min(1).max(200).describe('Words, `"phrases"`, `-unwanted`, `one or another`.'),
    podcast: Slug.optional().describe('Only what is of the podcast with this slug.'),
    year: z.coerce
      .number()
      .int()
      .min(1900)
      .max(2200)
      .optional()
      .describe('Only what came out in that year.'),
  },
  item: Hit,
  more: {
    total: z.int().describe('How much there is in all.'),
    corrected: z.string().nullable().describe('What was looked for in its place.'),
    suggested: z.string().nullable().describe('What was meant perhaps.'),
  },
  hasFixedParts: true,
  isNeverKept: true,
  cost: 5,
  place: ['number'],
  example: '/search?q=tide&fields=title,passages.text,passages.url',
  async load({ repo, asOf, outside, query: { q, podcast, year, after } }) {
    const page = Number(after?.[0] ?? 1)
    const answer = await search(repo, { text: q, podcast, year, page, now: asOf })
    const { total, corrected, suggested, pages } = answer
    return {
      rows: answer.hits.map((hit) => hitAnswer(outside, hit)),
      next: page < pages ? [page + 1] : undefined,
      more: { total, corrected, suggested },
    }
  },
})

/** Where each kind is found: on the site, and in this API. */
const PLACES: Readonly<Record<Kind, (hit: Found) => readonly [page: string, path: string]>> = {
  podcast: ({ slug }) => [addresses.podcast(slug), `/podcasts/${slug}`],
  episode: ({ slug, podcast }) => {
    const show = podcast?.slug ?? ''
    return [addresses.episode(show, slug), episodePath(show, slug)]
  },
  person: ({ slug }) => [addresses.person(slug), `/people/${slug}`],
  topic: ({ slug }) => [addresses.topic(slug), `/topics/${slug}`],
  post: ({ slug }) => [addresses.post(slug), postPath(slug)],
  news: ({ id, slug }) => [addresses.newsItem({ id, slug }), newsPath(id)],
}

function hitAnswer(outside: Outside, hit: Found): z.output<typeof Hit> {
  const { kind, title, excerpt, shownAt, podcast, coverUrl, passages, passageCount } = hit
  const [page, path] = PLACES[kind](hit)
  return {
    kind,
    title: plain(title),
    excerpt: excerpt && plain(excerpt),
    publishedAt: shownAt?.toISOString() ?? null,
    podcast: podcast && podcastPart(outside, podcast),
    coverUrl: outside.maybeAt(coverUrl),
    passages: passages.map(({ startsMs, speaker, words }) => ({
      startSeconds: maybeSeconds(startsMs),
      speaker,
      text: plain(words),
      url: outside.at(startsMs === null ? page : `${page}#t=${Math.floor(startsMs / 1000)}`),
    })),
    passageCount,
    url: outside.at(page),
    apiUrl: outside.api(path),
  }
}

function plain(marked: Marked): string {
  return marked.map(({ text }) => text).join('')
}
