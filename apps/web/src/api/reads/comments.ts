import { NotFoundError } from '@showrunner/data'
import * as catalogue from '@showrunner/domain/catalogue'
import * as comments from '@showrunner/domain/comments'
import { getEpisodeWithChapters } from '@showrunner/domain/episodes'
import { z } from 'zod'
import { readList, readOne, type Reading } from '../operation.ts'
import { aboutOf, commentAnswers } from '../present/comment.ts'
import { Comment, CommentInList } from '../schemas/comment.ts'
import { EpisodePath, NewsPath, PostPath } from '../schemas/paths.ts'
import { Id } from '../schemas/values.ts'

/** A list of comments, as far as all lists of them are alike. */
const LIST = { tag: 'Comments', filters: {}, item: CommentInList, place: ['number'] } as const

export const listCommentsOfEpisode = readList({
  ...LIST,
  id: 'listCommentsOfEpisode',
  path: '/podcasts/{podcast}/episodes/{episode}/comments',
  summary: 'What people say below an episode, the first first',
  params: EpisodePath,
  example:
    '/podcasts/local-time/episodes/nobody-owns-the-tide-table/comments?fields=author.name,body,parentId',
  async load(reading) {
    const { repo, asOf, params } = reading
    const { id } = await getEpisodeWithChapters(repo, params.podcast, params.episode, asOf)
    return discussion(reading, { of: 'episode', id })
  },
})

export const listCommentsOfPost = readList({
  ...LIST,
  id: 'listCommentsOfPost',
  path: '/posts/{post}/comments',
  summary: 'What people say below a post, the first first',
  params: PostPath,
  example: '/posts/how-long-is-a-minute/comments',
  async load(reading) {
    const { repo, asOf, params } = reading
    const { id } = await catalogue.getWholePost(repo, params.post, asOf)
    return discussion(reading, { of: 'post', id })
  },
})

export const listCommentsOfNewsItem = readList({
  ...LIST,
  id: 'listCommentsOfNewsItem',
  path: '/news/{id}/comments',
  summary: 'What people say below a news item, the first first',
  params: NewsPath,
  example: '/news/1/comments',
  load: async (reading) => discussion(reading, { of: 'news', id: reading.params.id }),
})

export const getComment = readOne({
  id: 'getComment',
  path: '/comments/{id}',
  tag: 'Comments',
  summary: 'One comment, and about what it is',
  params: z.strictObject({ id: Id.describe('The number of a comment.') }),
  answer: Comment,
  example: '/comments/1',
  async load({ repo, asOf, outside, params: { id } }) {
    const row = await comments.getCommentWithAuthor(repo, id)
    const subject = await comments.getSubject(repo, comments.subjectOf(row), asOf)
    const said = await comments.getDiscussion(repo, comments.subjectOf(row), asOf)
    const comment = commentAnswers(outside, subject, said).find((one) => one.id === id)
    if (!comment) throw new NotFoundError(comments.Comment, `${id} that everybody sees`)
    return { ...comment, about: aboutOf(outside, subject) }
  },
})

interface Paging {
  readonly limit: number
  readonly offset?: number | undefined
  readonly after?: catalogue.Place | undefined
}

/** A part of a discussion: all of it is never more than a page shows. */
async function discussion(
  { repo, asOf, outside, query }: Reading<unknown, Paging>,
  about: comments.DiscussionSubject,
) {
  const { limit, offset = 0, after } = query
  const subject = await comments.getSubject(repo, about, asOf)
  const said = await comments.getDiscussion(repo, about, asOf)
  const all = commentAnswers(outside, subject, said)
  const wanted = (after ? all.filter(({ id }) => id > Number(after[0])) : all).slice(offset)
  const rows = wanted.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: last && wanted.length > limit ? [last.id] : undefined }
}
