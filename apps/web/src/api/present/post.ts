import { type PostInCatalogue } from '@showrunner/domain/catalogue'
import { type z } from 'zod'
import { addresses } from '../../addresses.ts'
import { type Outside } from '../outside.ts'
import { type Post, type PostInList } from '../schemas/post.ts'
import { authorOf, topicParts } from './parts.ts'

export function postInList(outside: Outside, post: PostInCatalogue): z.output<typeof PostInList> {
  const { slug, title, subtitle, tldr, publishedAt, author, topics, coverUrl } = post
  if (!publishedAt) throw new Error(`"${slug}" has no date: it is not out`)
  return {
    slug,
    title,
    subtitle,
    tldr,
    publishedAt: publishedAt.toISOString(),
    author: authorOf(outside, author),
    topics: topicParts(outside, topics),
    coverUrl: outside.maybeAt(coverUrl),
    url: outside.at(addresses.post(slug)),
    apiUrl: outside.api(postPath(slug)),
  }
}

export function postAnswer(outside: Outside, post: PostInCatalogue): z.output<typeof Post> {
  const { slug, body, bodyHtml, canonicalUrl } = post
  const commentsUrl = outside.api(`${postPath(slug)}/comments`)
  return { ...postInList(outside, post), body, bodyHtml, commentsUrl, canonicalUrl }
}

export function postPath(slug: string): string {
  return `/posts/${slug}`
}
