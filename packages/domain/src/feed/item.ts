import {
  type AlternateEnclosure,
  type Chapter as SaidChapter,
  type ChaptersLink,
  type ItemDraft,
  type TranscriptLink,
} from '@showrunner/feeds'
import { type Chapter, type EpisodeAlternate } from '../episodes/index.ts'
import { type Podcast } from '../podcasts/index.ts'
import { inFull, type Outside } from './addresses.ts'
import { contentOf } from './content.ts'
import { description } from './description.ts'
import { peopleOf } from './people.ts'
import { picturesOf } from './pictures.ts'
import { type EpisodeInFeed } from './read-items.ts'

/** What a podcast's feed says of an episode. The guid goes out as it came in. */
export function itemOf(
  episode: EpisodeInFeed,
  podcast: Pick<Podcast, 'slug' | 'explicit'>,
  chapters: readonly Chapter[],
  outside: Outside,
): ItemDraft {
  const { publicUrl, paths } = outside
  const page = inFull(publicUrl, paths.episode(podcast.slug, episode.slug))
  const { episodeHosts, episodeGuests, credits } = episode
  const imageUrl = episode.coverUrl === null ? null : inFull(publicUrl, episode.coverUrl)
  return {
    guid: episode.guid,
    guidIsPermaLink: episode.guidIsPermalink,
    title: episode.title,
    itunesTitle: episode.itunesTitle,
    author: episode.author,
    categories: episode.categories,
    subtitle: episode.subtitle,
    description: episode.summary ?? description(episode.notesHtml),
    contentHtml: contentOf(episode, publicUrl, page),
    link: page,
    publishedAt: episode.publishedAt,
    enclosure: enclosureOf(episode, publicUrl),
    durationSeconds: episode.audioDuration,
    season: episode.season,
    seasonName: episode.seasonName,
    episode: episode.number,
    episodeDisplay: episode.numberDisplay,
    episodeType: episode.type,
    imageUrl,
    images: picturesOf(imageUrl, episode.pictures, publicUrl),
    explicit: episode.explicit ?? podcast.explicit,
    blocked: episode.blocked,
    keywords: episode.keywords?.split(/\s*,\s*/) ?? [],
    people: peopleOf([...episodeHosts, ...episodeGuests, ...credits], outside),
    transcripts: transcriptsOf(episode, podcast, outside),
    chapters: chaptersOf(episode, podcast, chapters.length > 0, outside),
    inlineChapters: chapters.map((chapter) => said(chapter, publicUrl)),
    soundbites: episode.soundbites,
    socialInteracts: episode.socialInteracts,
    license: episode.license,
    locations: episode.locations,
    funding: episode.funding,
    txts: episode.txts,
    chat: episode.chat,
    values: episode.payments,
    contentLinks: episode.contentLinks,
    alternateEnclosures: episode.alternates.map(alternateOf),
  }
}

function enclosureOf({ audioUrl, audioType, audioBytes }: EpisodeInFeed, publicUrl: string) {
  if (audioUrl === null) return null
  return { url: inFull(publicUrl, audioUrl), type: audioType, length: audioBytes }
}

function alternateOf(alternate: EpisodeAlternate): AlternateEnclosure {
  const { title, type, sources, bytes: length, bitrate, height, language } = alternate
  const { rel, codecs, isDefault, integrityType, integrityValue: value } = alternate
  const integrity = integrityType === null || value === null ? null : { type: integrityType, value }
  return {
    title,
    type,
    sources,
    length,
    bitrate,
    height,
    language,
    rel,
    codecs,
    isDefault,
    integrity,
  }
}

function chaptersOf(
  { slug, chaptersUrl }: EpisodeInFeed,
  podcast: Pick<Podcast, 'slug'>,
  hasChapters: boolean,
  { publicUrl, paths }: Outside,
): ChaptersLink | null {
  const url = hasChapters ? inFull(publicUrl, paths.chapters(podcast.slug, slug)) : chaptersUrl
  return url === null ? null : { url, type: 'application/json+chapters' }
}

function said(chapter: Chapter, publicUrl: string): SaidChapter {
  const { startsMs, endsMs, title, linkUrl: link, imageUrl, hidden } = chapter
  return {
    startsMs,
    endsMs,
    title,
    link,
    imageUrl: imageUrl && inFull(publicUrl, imageUrl),
    hidden,
  }
}

/** Our own of the words we have, one language; of the others the addresses they came with. */
function transcriptsOf(
  { slug, transcripts }: EpisodeInFeed,
  podcast: Pick<Podcast, 'slug'>,
  { publicUrl, paths }: Outside,
): readonly TranscriptLink[] {
  const known = transcripts.find(({ cueCount }) => cueCount > 0)
  const elsewhere = transcripts
    .filter(({ language }) => !known || language !== known.language)
    .flatMap(({ url, type, language, rel }) => (url === null ? [] : [{ url, type, language, rel }]))
  if (!known) return elsewhere
  const at = (format: 'vtt' | 'srt' | 'json' | 'html', type: string, rel: string | null) => ({
    url: inFull(publicUrl, paths.transcript(podcast.slug, slug, format)),
    type,
    language: known.language,
    rel,
  })
  const html = at('html', 'text/html', null)
  if (!known.timed) return [html, ...elsewhere]
  const captions = [
    at('vtt', 'text/vtt', 'captions'),
    at('srt', 'application/x-subrip', 'captions'),
    at('json', 'application/json', null),
  ]
  return [...captions, html, ...elsewhere]
}
