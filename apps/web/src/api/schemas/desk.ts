import { SCOPES } from '@showrunner/domain/api-tokens'
import { UPLOAD_STATES } from '@showrunner/domain/uploads'
import { z } from 'zod'
import { EpisodeType, SoundFile } from './episode.ts'
import { PodcastPart } from './parts.ts'
import { Id, Link, Moment, MomentSaid, Slug } from './values.ts'

export const DeskPath = z.strictObject({
  id: Id.describe('The id of an episode: its slug may change until it is out.'),
})

export const UploadPath = z.strictObject({ id: Id })

export const CheckedItem = z
  .strictObject({
    level: z.enum(['blocker', 'warning', 'done']),
    code: z.string(),
    message: z.string(),
    field: z.string().describe('What of the episode it is about.'),
  })
  .meta({
    id: 'CheckedItem',
    description: 'What the checklist says of one thing. A blocker has to be mended.',
  })

export const DeskEpisode = z
  .strictObject({
    id: z.int(),
    version: z.int().describe('Counts its changes: for `If-Match`, as the ETag says it.'),
    stage: z.enum(['draft', 'scheduled', 'published']),
    podcast: PodcastPart,
    slug: z.string(),
    guid: z.string(),
    title: z.string(),
    subtitle: z.string().nullable(),
    summary: z.string().nullable(),
    notes: z.string().nullable(),
    type: EpisodeType,
    season: z.int().nullable(),
    number: z.number().nullable(),
    publishedAt: Moment.nullable().describe('Of one that is scheduled: when it appears.'),
    recordedAt: Moment.nullable(),
    audio: SoundFile.nullable(),
    membersAudio: SoundFile.nullable(),
    chapterCount: z.int(),
    checklist: z.array(CheckedItem),
    url: Link.describe('Where its page is, once it is out.'),
    apiUrl: Link,
    editUrl: Link.describe('Where people work on it.'),
  })
  .meta({ id: 'DeskEpisode', description: 'An episode as those see it who work on it.' })

const Handles = z.array(Slug).max(50)

/** What a program may say of an episode. */
export const EpisodeSaid = z
  .strictObject({
    title: z.string().max(255),
    slug: z.string().max(90).describe('Made of the title, where none is said.'),
    subtitle: z.string().max(1000).nullable(),
    summary: z.string().max(10_000).nullable().describe('Plain text.'),
    notes: z.string().max(500_000).nullable().describe('Markdown in which HTML may stand.'),
    type: EpisodeType,
    season: z.int().min(0).max(100_000).nullable(),
    number: z.number().min(0).max(1_000_000).nullable(),
    numberLabel: z.string().max(100).nullable(),
    explicit: z.boolean().nullable().describe('Null: as its podcast.'),
    recordedAt: MomentSaid.nullable(),
    websiteUrl: z.string().max(2000).nullable(),
    youtubeUrl: z.string().max(2000).nullable(),
    keywords: z.string().max(1000).nullable(),
    hosts: Handles.describe('Their handles: these, and nobody else.'),
    guests: Handles.describe('Their handles: these, and nobody else.'),
    topics: Handles.describe('Their slugs: these, and no others.'),
  })
  .partial()
  .meta({
    id: 'EpisodeSaid',
    description: 'What is said of an episode. What is left out stays as it is.',
  })

export const NewEpisode = z
  .strictObject({ ...EpisodeSaid.shape, title: z.string().min(1).max(255) })
  .meta({ id: 'NewEpisode', description: 'A draft to be made.' })

export const ChaptersSaid = z
  .strictObject({
    chapters: z
      .array(
        z.strictObject({
          startSeconds: z.number().min(0).max(2_000_000),
          endSeconds: z.number().min(0).max(2_000_000).nullable().optional(),
          title: z.string().max(255).nullable().optional(),
          linkUrl: z.string().max(2000).nullable().optional(),
          imageUrl: z.string().max(2000).nullable().optional(),
          hidden: z.boolean().optional(),
        }),
      )
      .max(1000),
  })
  .meta({
    id: 'ChaptersSaid',
    description: 'The chapters an episode is to have, instead of those it has.',
  })

export const PublicationSaid = z
  .strictObject({
    at: MomentSaid.optional().describe('When it is to appear; at once, where no moment is said.'),
    thankGuests: z.boolean().optional().describe('Whether its guests are thanked by mail then.'),
  })
  .meta({ id: 'PublicationSaid', description: 'How an episode is to come out.' })

export const Upload = z
  .strictObject({
    id: z.int(),
    state: z
      .enum(UPLOAD_STATES)
      .describe(
        '`received`: it is being looked at. `taken`: it is in its place. `refused`: it is not.',
      ),
    message: z.string().nullable().describe('Why it was refused, or what was noticed.'),
    kind: z.string(),
    name: z.string(),
    bytes: z.int(),
    episodeUrl: Link,
    apiUrl: Link.describe('Ask here again until it is `taken` or `refused`.'),
  })
  .meta({ id: 'Upload', description: 'A file on its way into an episode.' })

const LineRemark = z
  .strictObject({
    line: z.int().nullable().describe('From 1; null where it is about the whole.'),
    detail: z.string(),
  })
  .meta({ id: 'LineRemark', description: 'What looks wrong in a file, though it is taken.' })

export const TranscriptTaken = z
  .strictObject({
    outcome: z.enum(['created', 'updated', 'unchanged']),
    type: z.string().describe('What it was read as: `text/vtt`.'),
    language: z.string().nullable(),
    cueCount: z.int(),
    timed: z.boolean(),
    remarks: z.array(LineRemark).describe('What to look at: the first twenty.'),
    episodeUrl: Link,
  })
  .meta({ id: 'TranscriptTaken', description: 'What became of a transcript.' })

export const TokenFacts = z
  .strictObject({
    name: z.string(),
    owner: z.string().describe('The handle of whose token it is.'),
    scopes: z.array(z.enum(SCOPES)),
    allPodcasts: z.boolean().describe('Whether it reaches every podcast that its owner works on.'),
    podcasts: z.array(z.string()).describe('Else the slugs of those it reaches.'),
    expiresAt: Moment.nullable(),
  })
  .meta({ id: 'TokenFacts', description: 'What a token may.' })
