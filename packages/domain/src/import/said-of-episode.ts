import { type FeedItem } from '@showrunner/feeds'
import { others } from './other-pictures.ts'
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
    itunesTitle: itunesTitleOf(item),
    author: item.author === null ? null : cut(item.author, LONGEST_TITLE),
    chat: item.chat,
    payments: item.values,
    contentLinks: item.contentLinks,
    categories: item.categories,
    pictures: others(item.images, item.imageUrl),
    alternates: item.alternateEnclosures,
    people: item.people,
    transcripts: item.transcripts,
    chapters: item.inlineChapters,
  }
}

function itunesTitleOf({ title, itunesTitle }: FeedItem): string | null {
  return itunesTitle === null || itunesTitle === title ? null : cut(itunesTitle, LONGEST_TITLE)
}
