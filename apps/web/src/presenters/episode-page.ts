import { type EpisodePage as ShownEpisode } from '@showrunner/domain/episodes'
import { absolute, addresses } from '../addresses.ts'
import { type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { chapterLines, type ChapterLine } from './chapters.ts'
import { cover, type Cover } from './cover.ts'
import { podcastCrumbs } from './crumbs.ts'
import { moment, type Moment } from './dates.ts'
import { episodeFacts } from './episode-facts.ts'
import { type Fact } from './facts.ts'
import { type DiscussionPart } from './discussion.ts'
import { fullEpisodeLabel } from './episode-label.ts'
import { episodeLines, standfirst, type EpisodeLine } from './episode-line.ts'
import { openAlike, openingWords } from './excerpts.ts'
import { frame, type Frame, type Site, type SiteLink } from './frame.ts'
import { podcastEpisode } from './json-ld.ts'
import { episodeCard } from './share-card.ts'
import { listen, type Listen } from './listen.ts'
import { type LivePart } from './live-side.ts'
import { share, type Share } from './share.ts'
import { shownText } from './notes.ts'
import { palette } from './palette.ts'
import { personCard, type PersonCard } from './people.ts'
import { fileSize } from './sizes.ts'
import { subscribeForm, type SubscribeForm } from './subscribe-form.ts'
import { titleSize, type TitleSize } from './title-size.ts'
import { transcriptSection, type TranscriptSection } from './transcript-section.ts'
import { hostOf } from './web-address.ts'

export interface EpisodePage {
  readonly frame: Frame
  /** Said above everything else. */
  readonly banner: string | null
  readonly style: SafeHtml
  readonly crumbs: readonly SiteLink[]
  readonly language: string
  readonly cover: Cover
  readonly label: string | null
  readonly published: Moment | null
  readonly title: string
  readonly size: TitleSize
  readonly standfirst: string | null
  readonly people: readonly PersonCard[]
  /** Of a show that is or was made while people listen. */
  readonly live: LivePart | null
  readonly listen: Listen | null
  readonly download: string
  /** How it is passed on; nothing until it is out. */
  readonly share: Share | null
  readonly chapters: readonly ChapterLine[]
  readonly notesHtml: SafeHtml | null
  readonly summary: string | null
  readonly links: readonly OutLink[]
  readonly sponsors: readonly SponsorLink[]
  readonly topics: readonly FiledUnder[]
  readonly facts: readonly Fact[]
  readonly transcript: TranscriptSection | null
  /** For who waits for one. */
  readonly byMail: SubscribeForm | null
  /** Nothing until it is out. */
  readonly discussion: DiscussionPart | null
  /** What else there is about it. */
  readonly related: readonly EpisodeLine[]
  readonly previous: TurnLink | null
  readonly next: TurnLink | null
}

export interface OutLink {
  readonly title: string
  readonly href: string
  readonly words: string
}

export interface SponsorLink extends OutLink {
  /** Where else they are to be found here. */
  readonly page: string | null
}

export interface FiledUnder {
  readonly title: string
  readonly href: string | null
}

export interface TurnLink {
  readonly href: string
  readonly title: string
  readonly label: string | null
}

type Whole = ShownEpisode['episode']

const STANDFIRST = 280

export function episodePage(site: Site, shown: ShownEpisode): EpisodePage {
  const { episode, previous, next } = shown
  const { podcast } = episode
  const { words } = site
  const intro = standfirst(episode, STANDFIRST)
  const transcript = transcriptSection(podcast.slug, episode, words)
  const published = episode.publishedAt && moment(episode.publishedAt, words)

  return {
    frame: episodeFrame(site, episode, intro),
    banner: null,
    style: palette(podcast),
    crumbs: podcastCrumbs(podcast, words),
    language: podcast.language,
    cover: cover(podcast.title, episode.coverUrl ?? podcast.coverUrl),
    label: fullEpisodeLabel(episode, words),
    published,
    title: episode.title,
    size: titleSize(episode.title, { short: 34, long: 75 }),
    standfirst: intro && repeatsNotes(episode, intro) ? null : intro,
    people: [...episode.episodeHosts, ...episode.episodeGuests].map((part) =>
      personCard(part, words),
    ),
    live: null,
    listen: listen(episode, podcast),
    download: downloadWords(episode, words),
    share: shareOf(site, episode),
    chapters: chapterLines(episode.chapters, episode.audioDuration, words),
    notesHtml: notesOf(site, episode),
    summary: episode.notesHtml || episode.summary === intro ? null : episode.summary,
    links: linksOf(episode, words),
    sponsors: episode.episodeSponsors.map(({ title, linkUrl, description, sponsor }) => ({
      title,
      href: linkUrl,
      words: description ?? hostOf(linkUrl),
      page: addresses.sponsor(sponsor.slug),
    })),
    topics: episode.topics.map(({ name, slug }) => ({ title: name, href: addresses.topic(slug) })),
    facts: episodeFacts(episode, published, words),
    transcript,
    byMail: transcript ? null : subscribeForm(words, podcast.slug, episode.slug),
    discussion: null,
    related: episodeLines(
      shown.related.map((other) => ({ episode: other, podcast: other.podcast })),
      words,
      { showNames: true },
    ),
    previous: turnLink(podcast.slug, previous, words),
    next: turnLink(podcast.slug, next, words),
  }
}

function shareOf(site: Site, episode: Whole): Share | null {
  const heard = listen(episode, episode.podcast)
  const at = { podcast: episode.podcast.slug, episode: episode.slug }
  return heard && share(site, at, heard)
}

function notesOf({ publicUrl }: Site, { notesHtml, audioUrl, audioDuration }: Whole) {
  if (!notesHtml) return null
  const seconds = audioUrl ? (audioDuration ?? 0) : undefined
  return shownText(notesHtml, { publicUrl, headings: 3, seconds })
}

function downloadWords({ audioBytes }: Whole, { episode }: Words): string {
  return audioBytes == null ? episode.download : episode.downloadSize(fileSize(audioBytes))
}

function linksOf({ links, youtubeUrl }: Whole, words: Words): readonly OutLink[] {
  const video = youtubeUrl === null ? [] : [{ title: words.episode.watch, url: youtubeUrl }]
  return [...video, ...links].map(({ title, url }) => ({ title, href: url, words: hostOf(url) }))
}

function episodeFrame(site: Site, episode: Whole, description: string | null): Frame {
  const { podcast } = episode
  const image = episode.coverUrl ?? podcast.coverUrl

  return frame(site, {
    title: episode.title,
    of: podcast.title,
    description: description ?? podcast.subtitle,
    address: addresses.episode(podcast.slug, episode.slug),
    image,
    type: 'article',
    feeds: [
      { title: podcast.title, href: addresses.feed(podcast.slug) },
      ...oembedLinks(site, episode),
    ],
    audioUrl: episode.audioUrl,
    audioType: episode.audioType,
    language: podcast.language,
    card: episodeCard(site, episode, [...episode.guests, ...episode.hosts]),
    ...(episode.audioUrl && { player: addresses.embed(podcast.slug, episode.slug) }),
    published: episode.publishedAt,
    modified: episode.updatedAt,
    authors: episode.hosts.map(({ handle }) => addresses.person(handle)),
    topics: episode.topics.map(({ name }) => name),
    crumbs: podcastCrumbs(podcast, site.words),
    appleUrl: podcast.appleUrl,
    jsonLd: podcastEpisode(site, episode, podcast, { description, image }),
  })
}

/** Where other sites learn how to show its player. */
function oembedLinks({ publicUrl }: Site, { audioUrl, title, slug, podcast }: Whole) {
  if (!audioUrl) return []
  const page = absolute(publicUrl, addresses.episode(podcast.slug, slug))

  return (['json', 'xml'] as const).map((format) => ({
    title,
    href: absolute(publicUrl, addresses.oembedFor(page, format)),
    type: format === 'json' ? 'application/json+oembed' : 'text/xml+oembed',
  }))
}

/** Most feeds write the beginning of the notes as the summary; a reader need not read it twice. */
function repeatsNotes(episode: Whole, intro: string): boolean {
  return episode.notesHtml != null && openAlike(intro, openingWords(episode.notesHtml))
}

function turnLink(
  podcastSlug: string,
  neighbour: ShownEpisode['next'],
  words: Words,
): TurnLink | null {
  if (!neighbour) return null

  return {
    href: addresses.episode(podcastSlug, neighbour.slug),
    title: neighbour.title,
    label: fullEpisodeLabel(neighbour, words),
  }
}
