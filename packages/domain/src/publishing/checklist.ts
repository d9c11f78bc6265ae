import { type Episode } from '../episodes/index.ts'
import { PUBLIC_STATUSES, type Podcast } from '../podcasts/index.ts'
import { pictureSizes } from '../uploads/index.ts'

type Level = 'blocker' | 'warning' | 'done'

/** What the checklist says of one thing. */
export interface CheckedItem {
  readonly level: Level
  readonly code: string
  readonly message: string
  /** The field of the episode, or the list that belongs to it, where it is mended. */
  readonly field: string
}

/** An episode, and of what belongs to it no more than has to be counted. */
export type Checkable = Pick<
  Episode,
  | 'title'
  | 'slug'
  | 'guid'
  | 'summary'
  | 'subtitle'
  | 'notes'
  | 'type'
  | 'coverUrl'
  | 'audioUrl'
  | 'audioType'
  | 'audioBytes'
  | 'audioDuration'
  | 'membersAudioUrl'
> & {
  readonly podcast: Pick<Podcast, 'title' | 'status' | 'coverUrl'>
  readonly episodeHosts: readonly unknown[]
  readonly episodeGuests: readonly unknown[]
  readonly episodeSponsors: readonly unknown[]
  readonly episodeTopics: readonly unknown[]
  readonly chapters: readonly { readonly hidden: boolean }[]
  readonly transcripts: readonly { readonly cueCount: number }[]
}

/** What cannot be read off the episode alone. */
export interface CheckOptions {
  /** When it is to appear. Nothing is said of the time where none is meant. */
  readonly at?: Date | undefined
  /** One more than the highest number that another episode is called by, where any is. */
  readonly nextNumber?: string | null
}

const SMALLEST_COVER = 1400

/**
 * What is to be known before an episode is published, in the order in which it is worked on. A blocker has to be mended
 * first; a warning is for somebody to decide.
 */
export function checkEpisode(
  episode: Checkable,
  asOf: Date,
  options: CheckOptions = {},
): readonly CheckedItem[] {
  return [
    ...words(episode),
    slug(episode, options),
    ...sound(episode),
    ...people(episode),
    ...parts(episode),
    looks(episode),
    membersFile(episode),
    place(episode),
    ...time(asOf, options),
  ]
}

export function blockersOf(items: readonly CheckedItem[]): readonly CheckedItem[] {
  return items.filter(({ level }) => level === 'blocker')
}

function words({ title, guid, summary, subtitle, notes }: Checkable): readonly CheckedItem[] {
  const says = isThere(summary) || isThere(subtitle) || isThere(notes)
  return [
    has('title', 'title', isThere(title), 'It has a title.', 'It has no title.'),
    ...(isThere(guid) ? [] : [blocker('guid', 'guid', 'It has no guid, by which apps know it.')]),
    has(
      'words',
      'summary',
      says,
      'It says what it is about.',
      'It says nothing of what it is about: write a summary, or notes.',
    ),
    hasBetter('notes', 'notes', isThere(notes), 'It has notes.', 'It has no notes.'),
  ]
}

function slug({ slug: said }: Checkable, { nextNumber }: CheckOptions): CheckedItem {
  if (!isThere(said)) return blocker('slug', 'slug', 'It has no address of its own.')
  if (nextNumber && /^\d+$/.test(said) && said !== nextNumber) {
    const message = `Its address ends in ${said}; the next number would be ${nextNumber}.`
    return warning('slug-gap', 'slug', message)
  }
  return done('slug', 'slug', `Its address ends in “${said}”.`)
}

function sound({ audioUrl, ...audio }: Checkable): readonly CheckedItem[] {
  if (!isThere(audioUrl)) return [blocker('audio', 'audioUrl', 'There is nothing to hear yet.')]
  const unknown = [
    ...(isThere(audio.audioType) ? [] : ['what type of file it is']),
    ...(audio.audioBytes === null ? ['how large it is'] : []),
    ...(audio.audioDuration === null ? ['how long it lasts'] : []),
  ]
  if (unknown.length === 0) return [done('audio', 'audioUrl', 'It can be heard.')]
  const message = `Of its audio nobody knows ${unknown.join(', or ')}. Upload it again, or say it.`
  return [blocker('audio-facts', 'audioUrl', message)]
}

function people(episode: Checkable): readonly CheckedItem[] {
  return [
    counted('hosts', 'episodeHosts', episode.episodeHosts.length, 'host'),
    counted('guests', 'episodeGuests', episode.episodeGuests.length, 'guest'),
    counted('sponsors', 'episodeSponsors', episode.episodeSponsors.length, 'sponsor'),
    counted('topics', 'episodeTopics', episode.episodeTopics.length, 'topic'),
  ]
}

function parts({ chapters, transcripts }: Checkable): readonly CheckedItem[] {
  const listed = chapters.filter(({ hidden }) => !hidden).length
  const isWrittenDown = transcripts.some(({ cueCount }) => cueCount > 0)
  return [
    counted('chapters', 'chapters', listed, 'chapter'),
    hasBetter(
      'transcript',
      'transcripts',
      isWrittenDown,
      'It has a transcript.',
      'It has no transcript.',
    ),
  ]
}

function looks({ coverUrl, podcast }: Checkable): CheckedItem {
  const shown = coverUrl ?? podcast.coverUrl
  if (!shown) return warning('cover', 'coverUrl', 'Neither it nor its podcast has a cover.')
  const width = pictureSizes(shown).at(-1)?.width
  if (width !== undefined && width < SMALLEST_COVER) {
    const message = `Its cover is ${width} pixels wide; directories want at least ${SMALLEST_COVER}.`
    return warning('small-cover', 'coverUrl', message)
  }
  return done('cover', 'coverUrl', coverUrl ? 'It has a cover.' : 'It shows the podcast’s cover.')
}

function membersFile({ membersAudioUrl }: Checkable): CheckedItem {
  const [yes, no] = ['Members have a file of their own.', 'Members have no file of their own.']
  return hasBetter('members-file', 'membersAudioUrl', isThere(membersAudioUrl), yes, no)
}

function place({ podcast }: Checkable): CheckedItem {
  const isPublic = PUBLIC_STATUSES.some((status) => status === podcast.status)
  if (isPublic) return done('podcast', 'podcastId', `Anybody may see “${podcast.title}”.`)
  const message = `“${podcast.title}” is ${podcast.status === 'draft' ? 'a draft' : 'archived'}: nobody would see the episode.`
  return blocker('podcast', 'podcastId', message)
}

function time(asOf: Date, { at }: CheckOptions): readonly CheckedItem[] {
  if (at === undefined) return []
  if (Number.isNaN(at.getTime())) return [blocker('time', 'publishedAt', 'That is no time.')]
  if (at >= asOf) return [done('time', 'publishedAt', 'It appears by itself when the time comes.')]
  return [warning('past', 'publishedAt', 'The time is past: it would be out at once.')]
}

function isThere(text: string | null | undefined): boolean {
  return Boolean(text?.trim())
}

function counted(code: string, field: string, count: number, what: string): CheckedItem {
  const many = `It has ${count} ${what}${count === 1 ? '' : 's'}.`
  return hasBetter(code, field, count > 0, many, `It has no ${what}s.`)
}

function has(code: string, field: string, is: boolean, yes: string, no: string): CheckedItem {
  return is ? done(code, field, yes) : blocker(code, field, no)
}

function hasBetter(code: string, field: string, is: boolean, yes: string, no: string): CheckedItem {
  return is ? done(code, field, yes) : warning(code, field, no)
}

function blocker(code: string, field: string, message: string): CheckedItem {
  return { level: 'blocker', code, field, message }
}

function warning(code: string, field: string, message: string): CheckedItem {
  return { level: 'warning', code, field, message }
}

function done(code: string, field: string, message: string): CheckedItem {
  return { level: 'done', code, field, message }
}
