import { type FeedItem } from '@showrunner/feeds'
import { type EpisodeExtras } from '../formats/index.ts'
import { others } from './other-pictures.ts'
import { withoutEmpty } from './without-empty.ts'
import { cut, wordsOf } from './words.ts'

/** What the changeset takes, less the ellipsis. */
const LONGEST_TITLE = 254

/** What an item says of its episode, by the names of the episode's fields. */
export function saidOfEpisode(item: FeedItem) {
  return {
    title: cut(item.title, LONGEST_TITLE),
    subtitle: item.subtitle,
    ...wordsOf(item),
    type: item.episodeType ?? 'full',
    season: item.season,
    seasonName: item.seasonName,
    number: item.episode,
    numberDisplay: item.episodeDisplay,
    explicit: item.explicit,
    publishedAt: item.publishedAt,
    coverUrl: item.imageUrl,
    audioUrl: item.enclosure?.url ?? null,
    audioType: item.enclosure ? (item.enclosure.type ?? 'audio/mpeg') : null,
    audioBytes: item.enclosure?.length ?? null,
    audioDuration: item.durationSeconds ? Math.round(item.durationSeconds) : null,
    websiteUrl: item.link,
    chaptersUrl: item.chapters?.url ?? null,
    keywords: item.keywords.join(', ') || null,
    license: item.license,
    locations: item.locations,
    funding: item.funding,
    soundbites: item.soundbites,
    socialInteracts: item.socialInteracts,
    txts: item.txts,
    blocked: item.blocked,
    extras: extrasOf(item),
    people: item.people,
    transcripts: item.transcripts,
    chapters: item.inlineChapters,
  }
}

function extrasOf(item: FeedItem): EpisodeExtras {
  const { alternateEnclosures, author, categories, chat, contentLinks } = item
  const { imageUrl, images, itunesTitle, values } = item
  return withoutEmpty({
    alternateEnclosures,
    author,
    categories,
    chat,
    contentLinks,
    images: others(images, imageUrl),
    itunesTitle: itunesTitle === item.title ? null : itunesTitle,
    values,
  })
}
