import { EPISODE_TYPES } from '@showrunner/domain/episodes'
import { z } from 'zod'
import { PersonPart, PodcastPart, TopicPart } from './parts.ts'
import { Link, Moment, Seconds } from './values.ts'

export const EpisodeType = z.enum(EPISODE_TYPES)

export const SoundFile = z
  .strictObject({
    url: Link,
    type: z.string().nullable().describe('`audio/mpeg`'),
    bytes: z.int().nullable(),
    durationSeconds: z.int().nullable(),
  })
  .meta({ id: 'SoundFile', description: 'What is heard.' })

export const EpisodeInList = z
  .strictObject({
    slug: z.string(),
    guid: z.string().describe('For good. By it apps know the episode.'),
    title: z.string(),
    subtitle: z.string().nullable(),
    summary: z.string().nullable().describe('Plain text.'),
    type: EpisodeType,
    season: z.int().nullable(),
    number: z.number().nullable(),
    numberLabel: z.string().nullable().describe('What the number is called, where that is not it.'),
    explicit: z.boolean(),
    publishedAt: Moment,
    recordedAt: Moment.nullable(),
    coverUrl: Link.nullable().describe('Its own, or that of its podcast.'),
    audio: SoundFile.nullable(),
    podcast: PodcastPart,
    people: z.array(PersonPart).describe('Hosts, then guests, then whoever else is credited.'),
    topics: z.array(TopicPart),
    websiteUrl: z.string().nullable(),
    youtubeUrl: z.string().nullable(),
    url: Link.describe('Its page.'),
    apiUrl: Link,
  })
  .meta({ id: 'EpisodeInList', description: 'An episode, as lists have it.' })

export const Chapter = z
  .strictObject({
    startSeconds: Seconds,
    endSeconds: Seconds.nullable().describe('Null: until the next one begins.'),
    title: z.string().nullable(),
    linkUrl: z.string().nullable(),
    imageUrl: Link.nullable(),
    hidden: z.boolean().describe('It only changes the picture or the link, and is in no list.'),
  })
  .meta({ id: 'Chapter', description: 'A part of an episode.' })

export const EpisodeSponsor = z
  .strictObject({
    name: z.string(),
    title: z.string().describe('In the words of that day.'),
    description: z.string().nullable(),
    linkUrl: z.string(),
    startSeconds: Seconds.nullable(),
    endSeconds: Seconds.nullable(),
  })
  .meta({ id: 'EpisodeSponsor', description: 'What an episode says of a sponsor.' })

export const EpisodeLink = z
  .strictObject({ title: z.string(), url: z.string() })
  .meta({ id: 'EpisodeLink', description: 'Something an episode points to.' })

export const TranscriptPart = z
  .strictObject({
    language: z.string().nullable(),
    timed: z.boolean(),
    cueCount: z.int(),
  })
  .meta({ id: 'TranscriptPart', description: 'What there is of words written down.' })

export const Episode = z
  .strictObject({
    ...EpisodeInList.shape,
    notes: z.string().nullable().describe('Markdown in which HTML may stand.'),
    notesHtml: z.string().nullable().describe('The same as HTML that is safe to show.'),
    chapters: z.array(Chapter),
    sponsors: z.array(EpisodeSponsor),
    links: z.array(EpisodeLink),
    transcripts: z.array(TranscriptPart),
    chaptersUrl: Link.describe('Of its chapters in this API.'),
    transcriptUrl: Link.describe('Of what is said, in this API.'),
    commentsUrl: Link.describe('Of what is written below it, in this API.'),
  })
  .meta({ id: 'Episode', description: 'An episode with everything that belongs to it.' })

export const ChapterSheet = z
  .strictObject({ episodeUrl: Link, chapters: z.array(Chapter) })
  .meta({ id: 'ChapterSheet', description: 'The chapters of an episode.' })

export const Cue = z
  .strictObject({
    startSeconds: Seconds.nullable().describe('Null where nobody noted when it was said.'),
    endSeconds: Seconds.nullable(),
    speaker: z.string().nullable().describe('As the transcript names them.'),
    handle: z.string().nullable().describe('Of the speaker, where they are known here.'),
    text: z.string(),
  })
  .meta({ id: 'Cue', description: 'Something said by one person.' })
