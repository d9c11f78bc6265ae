import * as catalogue from '@showrunner/domain/catalogue'
import { readList, readOne } from '../operation.ts'
import { postAnswer, postInList } from '../present/post.ts'
import { NoPath, PostPath } from '../schemas/paths.ts'
import { Post, PostInList } from '../schemas/post.ts'

export const listPosts = readList({
  id: 'listPosts',
  path: '/posts',
  tag: 'Posts',
  summary: 'Every post, the newest first',
  params: NoPath,
  filters: {},
  item: PostInList,
  place: ['moment', 'number'],
  example: '/posts?limit=3&fields=title,author.name,url',
  async load({ repo, asOf, outside, query: { limit: most, ...rest } }) {
    const { rows, next } = await catalogue.listPosts(repo, { most, ...rest }, asOf)
    return { rows: rows.map((post) => postInList(outside, post)), next }
  },
})

export const getPost = readOne({
  id: 'getPost',
  path: '/posts/{post}',
  tag: 'Posts',
  summary: 'One post, with its text',
  params: PostPath,
  answer: Post,
  example: '/posts/how-long-is-a-minute',
  load: async ({ repo, asOf, outside, params }) =>
    postAnswer(outside, await catalogue.getWholePost(repo, params.post, asOf)),
})
