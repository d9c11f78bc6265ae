import { plainText } from '../markup/index.ts'
import { type Marker } from './markers.ts'
import { type VideoEpisode } from './video-episode.ts'

/** What may stand in a template, and what it stands for. */
export const PLACEHOLDERS = {
  title: 'the title',
  subtitle: 'the subtitle',
  summary: 'the summary',
  notes: 'the show notes as text',
  chapters: 'a line for each chapter',
  hosts: 'the names of the hosts',
  guests: 'a line for each guest',
  links: 'a line for each link',
  sponsors: 'a line for each sponsor',
  podcast: 'the podcast',
  number: 'the number of the episode',
  address: 'the address of its page',
} as const

type Placeholder = keyof typeof PLACEHOLDERS

export const USUAL_TEMPLATE = `{summary}

{podcast}, with show notes and a transcript: {address}

{chapters}

With:
{guests}

Links:
{links}

Made possible by:
{sponsors}`

/** YouTube cuts what is longer. */
export const LONGEST_DESCRIPTION = 5000

/** YouTube shows chapters where there are so many. */
const FEWEST_CHAPTERS = 3
const SHORTEST_MS = 10_000

export interface Description {
  readonly text: string
  /** What YouTube would not take as it is meant. */
  readonly warnings: readonly string[]
}

interface Around {
  /** Of the page of the episode, in full. */
  readonly address: string
  readonly markers: readonly Marker[]
}

/**
 * What stands below the video of an episode, by the template of its podcast. A paragraph in which every placeholder stands
 * for nothing is left out, with the words around them.
 */
export function describeVideo(episode: VideoEpisode, around: Around): Description {
  const texts = textsOf(episode, around)
  const template = episode.podcast.youtubeTemplate ?? USUAL_TEMPLATE
  const paragraphs = template
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .flatMap((paragraph) => filledIn(paragraph, texts) ?? [])
  const text = withoutAngles(paragraphs.join('\n\n').trim())
  return { text, warnings: warningsOf(text, template, around.markers) }
}

type Texts = Readonly<Record<Placeholder, string>>

const NAMED = new RegExp(`\\{(${Object.keys(PLACEHOLDERS).join('|')})\\}`, 'g')

function filledIn(paragraph: string, texts: Texts): string | undefined {
  // The expression takes only names there are.
  const named = [...paragraph.matchAll(NAMED)].map(([, name]) => texts[name as Placeholder])
  if (named.length > 0 && named.every((text) => text === '')) return undefined
  return paragraph.replace(NAMED, (_, name: Placeholder) => texts[name])
}

function textsOf(episode: VideoEpisode, { address, markers }: Around): Texts {
  const { number, numberDisplay } = episode
  return {
    title: episode.title,
    subtitle: episode.subtitle ?? '',
    summary: episode.summary ?? '',
    notes: episode.notesHtml === null ? '' : plainText(withAddresses(episode.notesHtml)),
    chapters: lines(markers, ({ startsMs, title }) => `${clock(startsMs)} ${title}`),
    hosts: episode.hosts.map(({ name }) => name).join(', '),
    guests: lines(episode.guests, ({ name, websiteUrl }) => withLink(name, websiteUrl)),
    links: lines(episode.links, ({ title, url }) => withLink(title, url)),
    sponsors: lines(episode.episodeSponsors, ({ title, linkUrl }) => withLink(title, linkUrl)),
    podcast: episode.podcast.title,
    number: numberDisplay ?? (number === null ? '' : String(number)),
    address,
  }
}

function lines<One>(rows: readonly One[], line: (row: One) => string): string {
  return rows.map(line).join('\n')
}

function withLink(words: string, url: string | null): string {
  return url === null ? words : `${words}: ${url}`
}

/** As text has no links, their addresses follow the words. */
function withAddresses(html: string): string {
  return html.replace(
    /<a [^<>]*href="(https?:[^"<>]+)"[^<>]*>((?:[^<]|<(?!\/?a\b))*)<\/a>/g,
    (_, url: string, words: string) => (words.trim() === url ? url : `${words} (${url})`),
  )
}

/** `0:00`, `1:02:03`: YouTube knows no parts of a second. */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`
}

// YouTube refuses a description that has one of them.
function withoutAngles(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›')
}

function warningsOf(text: string, template: string, markers: readonly Marker[]): string[] {
  const isLong = text.length > LONGEST_DESCRIPTION
  const shows = template.includes('{chapters}') && markers.length > 0
  const isShort = markers.some(({ startsMs }, at) => {
    const next = markers[at + 1]
    return next !== undefined && next.startsMs - startsMs < SHORTEST_MS
  })
  return [
    ...(isLong ? [`It has ${text.length} letters; YouTube takes ${LONGEST_DESCRIPTION}.`] : []),
    ...(shows && markers.length < FEWEST_CHAPTERS
      ? ['YouTube shows chapters only where there are at least three.']
      : []),
    ...(shows && isShort
      ? ['A chapter is shorter than ten seconds: YouTube then shows none of them.']
      : []),
  ]
}
