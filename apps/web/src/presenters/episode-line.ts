import { type Episode } from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../addresses.ts'
import { type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { timeCode, type TimeCode } from './durations.ts'
import { episodeLabel, fullEpisodeLabel } from './episode-label.ts'
import { excerpt, openAlike } from './excerpts.ts'
import { listOf } from './names.ts'
import { palette } from './palette.ts'

/** An episode as a line of a running order. */
export interface EpisodeLine {
  readonly href: string
  readonly title: string
  readonly standfirst: string | null
  readonly when: Moment | null
  readonly length: TimeCode | null
  /** Its running time as a share of the longest on the page, in whole percents. */
  readonly share: number
  readonly label: string | null
  readonly people: string | null
  readonly show: ShowName | null
  /** Whether it can be heard, and so put into the queue. */
  readonly hasSound?: boolean
}

export interface ShowName {
  readonly name: string
  readonly href: string
  readonly style: SafeHtml
}

interface Named {
  readonly name: string
}

export type LineEpisode = Pick<
  Episode,
  | 'slug'
  | 'title'
  | 'subtitle'
  | 'summary'
  | 'publishedAt'
  | 'audioDuration'
  | 'type'
  | 'number'
  | 'numberDisplay'
  | 'season'
  | 'seasonName'
> &
  Partial<Pick<Episode, 'audioUrl'>>

export type LinePodcast = Pick<Podcast, 'slug' | 'title' | 'colour'>

export interface Entry {
  readonly episode: LineEpisode
  readonly podcast: LinePodcast
  readonly hosts?: readonly Named[]
  readonly guests?: readonly Named[]
}

const STANDFIRST = 150

/** The lines of a running order. With `showNames` each says which show it is from; `bySeason`, its heading says the season. */
export function episodeLines(
  entries: readonly Entry[],
  words: Words,
  { showNames = false, bySeason = false } = {},
): readonly EpisodeLine[] {
  const longest = Math.max(1, ...entries.map(({ episode }) => episode.audioDuration ?? 0))

  return entries.map(({ episode, podcast, hosts = [], guests = [] }) => ({
    href: addresses.episode(podcast.slug, episode.slug),
    title: episode.title,
    standfirst: standfirst(episode, STANDFIRST),
    when: episode.publishedAt && moment(episode.publishedAt, words),
    length: episode.audioDuration == null ? null : timeCode(episode.audioDuration),
    share: Math.round(((episode.audioDuration ?? 0) / longest) * 100),
    label: bySeason ? episodeLabel(episode, words) : fullEpisodeLabel(episode, words),
    people: peopleOf(hosts, guests, words),
    show: showNames ? showName(podcast) : null,
    hasSound: Boolean(episode.audioUrl),
  }))
}

export function showName(podcast: LinePodcast): ShowName {
  return {
    name: podcast.title,
    href: addresses.podcast(podcast.slug),
    style: palette(podcast),
  }
}

/** The words under a headline: the subtitle, or how the summary begins; some feeds only say the title again. */
export function standfirst(
  { title, subtitle, summary }: Pick<Episode, 'title' | 'subtitle' | 'summary'>,
  longest: number,
): string | null {
  const said = [subtitle, summary].find((text) => text?.trim() && !openAlike(title, text))

  return said ? excerpt(said, longest) : null
}

function peopleOf(hosts: readonly Named[], guests: readonly Named[], words: Words): string | null {
  if (guests.length > 0)
    return words.lists.with(
      listOf(
        guests.map(({ name }) => name),
        words,
      ),
    )

  return hosts.length > 0
    ? listOf(
        hosts.map(({ name }) => name),
        words,
      )
    : null
}
