import { type Repo } from '@showrunner/data'
import * as catalogue from '@showrunner/domain/catalogue'
import * as issues from '@showrunner/domain/issues'
import * as news from '@showrunner/domain/news'
import { getTopic } from '@showrunner/domain/topics'
import { z } from 'zod'
import { readList, readOne } from '../operation.ts'
import { type Outside } from '../outside.ts'
import { issueInList, newsAnswer } from '../present/news.ts'
import { Issue, IssueInList, NewsItem, NewsKind } from '../schemas/news.ts'
import { NewsPath, NoPath } from '../schemas/paths.ts'
import { Slug } from '../schemas/values.ts'
import { sought } from './sought.ts'

export const listNews = readList({
  id: 'listNews',
  path: '/news',
  tag: 'News',
  summary: 'Everything that is news, the newest first',
  params: NoPath,
  filters: {
    kind: NewsKind.optional().describe('Only of this kind.'),
    source: Slug.optional().describe('Only from the source with this slug.'),
    topic: Slug.optional().describe('Only about the topic with this slug.'),
  },
  item: NewsItem,
  place: ['moment', 'number'],
  example: '/news?limit=3&fields=headline,linkUrl,url',
  async load({ repo, asOf, outside, query: { limit: most, source, topic, ...query } }) {
    const [sourceId, topicId] = await Promise.all([
      sought('source', source, (slug) => news.getSource(repo, slug)),
      sought('topic', topic, (slug) => getTopic(repo, slug)),
    ])
    const { rows, next } = await catalogue.listNews(
      repo,
      { ...query, most, sourceId, topicId },
      asOf,
    )
    return { rows: await shown(rows, { repo, asOf, outside }), next }
  },
})

export const getNewsItem = readOne({
  id: 'getNewsItem',
  path: '/news/{id}',
  tag: 'News',
  summary: 'One news item',
  params: NewsPath,
  answer: NewsItem,
  example: '/news/1',
  async load({ repo, asOf, outside, params }) {
    const item = await news.getNewsItem(repo, params.id, asOf)
    return newsAnswer(outside, item, await namedIn(repo, [item], asOf))
  },
})

export const listIssues = readList({
  id: 'listIssues',
  path: '/issues',
  tag: 'News',
  summary: 'Every issue of the newsletter, the last one first',
  params: NoPath,
  filters: {},
  item: IssueInList,
  place: ['number'],
  example: '/issues?fields=number,teaser,url',
  async load({ repo, asOf, outside, query: { limit: most, ...query } }) {
    const { rows, next } = await catalogue.listIssues(repo, { ...query, most }, asOf)
    return { rows: rows.map((issue) => issueInList(outside, issue)), next }
  },
})

export const getIssue = readOne({
  id: 'getIssue',
  path: '/issues/{issue}',
  tag: 'News',
  summary: 'One issue, with what it is about',
  params: z.strictObject({ issue: Slug.describe('The slug of an issue: mostly its number.') }),
  answer: Issue,
  example: '/issues/1?fields=number,teaser,items.headline,items.url',
  async load({ repo, asOf, outside, params }) {
    const { issue, items } = await issues.getIssuePage(repo, params.issue, asOf)
    const { note, noteHtml } = issue
    const rows = items.map(({ item }) => item)
    return {
      ...issueInList(outside, issue),
      note,
      noteHtml,
      items: await shown(rows, { repo, asOf, outside }),
    }
  },
})

interface Reading {
  readonly repo: Repo
  readonly asOf: Date
  readonly outside: Outside
}

async function shown(rows: readonly news.ShownNewsItem[], { repo, asOf, outside }: Reading) {
  const known = await namedIn(repo, rows, asOf)
  return rows.map((item) => newsAnswer(outside, item, known))
}

/** Whoever of those who wrote or sent these has a page here. */
async function namedIn(
  repo: Repo,
  items: readonly news.ShownNewsItem[],
  asOf: Date,
): Promise<ReadonlySet<number>> {
  const ids = items.flatMap(({ authorId, submitterId }) =>
    [authorId ?? [], submitterId ?? []].flat(),
  )
  return catalogue.listNamedAmong(repo, ids, asOf)
}
