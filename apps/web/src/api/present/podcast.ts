import { type PodcastInCatalogue } from '@showrunner/domain/catalogue'
import { PUBLIC_STATUSES } from '@showrunner/domain/podcasts'
import { type z } from 'zod'
import { addresses } from '../../addresses.ts'
import { type Outside } from '../outside.ts'
import { type Podcast } from '../schemas/podcast.ts'
import { peopleOf, topicParts } from './parts.ts'

export function podcastAnswer(
  outside: Outside,
  podcast: PodcastInCatalogue,
): z.output<typeof Podcast> {
  const { slug, guid, title, subtitle, description, descriptionHtml, author } = podcast
  const { language, kind, explicit, categories, coverUrl, colour } = podcast
  const { websiteUrl, appleUrl, spotifyUrl, youtubeUrl } = podcast
  const status = PUBLIC_STATUSES.find((known) => known === podcast.status)
  if (!status) throw new Error(`"${slug}" is ${podcast.status}: nobody may see it`)
  return {
    slug,
    guid,
    title,
    subtitle,
    description,
    descriptionHtml,
    author,
    language,
    status,
    kind,
    explicit,
    colour,
    websiteUrl,
    appleUrl,
    spotifyUrl,
    youtubeUrl,
    categories: categories.map(({ name, subcategory }) => ({ name, subcategory })),
    coverUrl: outside.maybeAt(coverUrl),
    people: peopleOf(outside, {
      host: podcast.podcastHosts.filter(({ retired }) => !retired),
      credit: podcast.credits,
    }),
    topics: topicParts(outside, podcast.topics),
    url: outside.at(addresses.podcast(slug)),
    feedUrl: outside.at(addresses.feed(slug)),
    apiUrl: outside.api(`/podcasts/${slug}`),
    episodesUrl: outside.api(`/podcasts/${slug}/episodes`),
  }
}
