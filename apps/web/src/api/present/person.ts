import { type Person as PersonRow } from '@showrunner/domain/people'
import { type Topic as TopicRow } from '@showrunner/domain/topics'
import { type z } from 'zod'
import { addresses } from '../../addresses.ts'
import { type Outside } from '../outside.ts'
import { type Person, type Topic } from '../schemas/person.ts'

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
