import { type CuesOfTranscript, type PostInCatalogue } from '@showrunner/domain/catalogue'
import { type Person as PersonRow } from '@showrunner/domain/people'
import { type Topic as TopicRow } from '@showrunner/domain/topics'
import { type z } from 'zod'
import { addresses } from '../../addresses.ts'
import { type Outside } from '../outside.ts'
import { type Cue } from '../schemas/episode.ts'
import { type Person, type Topic } from '../schemas/person.ts'
import { type Post, type PostInList } from '../schemas/post.ts'
import { authorOf, maybeSeconds, topicParts } from './parts.ts'

export function personAnswer(outside: Outside, person: PersonRow): z.output<typeof Person> {
  const { handle, name, bio, bioHtml, location, avatarUrl, websiteUrl } = person
  const { githubHandle, mastodonHandle, blueskyHandle, linkedinHandle } = person
  return {
    handle,
    name,
    bio,
    bioHtml,
    location,
    websiteUrl,
    githubHandle,
    mastodonHandle,
    blueskyHandle,
    linkedinHandle,
    avatarUrl: outside.maybeAt(avatarUrl),
    url: outside.at(addresses.person(handle)),
    apiUrl: outside.api(`/people/${handle}`),
    episodesUrl: outside.api(`/people/${handle}/episodes`),
  }
}

export function topicAnswer(outside: Outside, topic: TopicRow): z.output<typeof Topic> {
  const { slug, name, description, descriptionHtml, websiteUrl, logoUrl } = topic
  return {
    slug,
    name,
    description,
    descriptionHtml,
    websiteUrl,
    logoUrl: outside.maybeAt(logoUrl),
    url: outside.at(addresses.topic(slug)),
    apiUrl: outside.api(`/topics/${slug}`),
    episodesUrl: outside.api(`/topics/${slug}/episodes`),
  }
}

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
    apiUrl: outside.api(`/posts/${slug}`),
  }
}

export function postAnswer(outside: Outside, post: PostInCatalogue): z.output<typeof Post> {
  const { body, bodyHtml, canonicalUrl } = post
  return { ...postInList(outside, post), body, bodyHtml, canonicalUrl }
}

export function cueAnswer(cue: CuesOfTranscript['rows'][number]): z.output<typeof Cue> {
  const { startsMs, endsMs, speaker, person, body } = cue
  return {
    startSeconds: maybeSeconds(startsMs),
    endSeconds: maybeSeconds(endsMs),
    speaker,
    handle: person?.handle ?? null,
    text: body,
  }
}
