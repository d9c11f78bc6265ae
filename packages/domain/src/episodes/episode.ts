import {
  belongsTo,
  cast,
  check,
  exclusion,
  foreignKey,
  format,
  getField,
  hasMany,
  length,
  number,
  required,
  schema,
  t,
  through,
  timestamps,
  unique,
  validate,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import {
  type Chat,
  type ContentLink,
  type Funding,
  type License,
  type Location,
  type SocialInteract,
  type Soundbite,
  type Txt,
  type Value,
} from '@showrunner/feeds'
import { asOpened } from '../conflicts/index.ts'
import {
  areContentLinks,
  areFunding,
  areLocations,
  arePayments,
  areSocialInteracts,
  areSoundbites,
  areTexts,
  areTxts,
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  isChat,
  isLicense,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from '../formats/index.ts'
import { rendered } from '../markup/index.ts'
import { Picture } from '../pictures/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { EpisodeRequest } from '../requests/index.ts'
import { RESERVED_EPISODE_SLUGS, SLUG, SLUG_MESSAGE } from '../slugs/index.ts'
import { Transcript } from '../transcripts/index.ts'
import { Chapter } from './chapter.ts'
import { EpisodeAlternate } from './episode-alternate.ts'
import { EpisodeCredit } from './episode-credit.ts'
import { EpisodeGuest } from './episode-guest.ts'
import { EpisodeHost } from './episode-host.ts'
import { EpisodeLink } from './episode-link.ts'
import { EpisodeSponsor } from './episode-sponsor.ts'
import { EpisodeTopic } from './episode-topic.ts'
import { isSlugFrozen } from './first-published.ts'
import { youtubeAddress } from './youtube-address.ts'

export const EPISODE_TYPES = ['full', 'trailer', 'bonus'] as const
export type EpisodeType = (typeof EPISODE_TYPES)[number]

const BY_POSITION = { order: { position: 'asc', id: 'asc' } } as const

/** One piece of a podcast. */
export const Episode = schema(
  'episodes',
  {
    id: t.id(),
    podcastId: t.reference(),
    /** Whose wish it is. */
    requestId: t.reference().nullable(),
    slug: t.string(),
    guid: t.string(),
    guidIsPermalink: t.boolean().default(false),
    title: t.string(),
    /** The title without show name and number, where that is another. */
    itunesTitle: t.string().nullable(),
    /** Whom directories name as its author, where that is not the podcast's. */
    author: t.string().nullable(),
    subtitle: t.string().nullable(),
    /** Plain text. */
    summary: t.string().nullable(),
    /** Markdown in which HTML may stand. */
    notes: t.string().nullable(),
    notesHtml: t.string().nullable(),
    type: t.enum(EPISODE_TYPES).default('full'),
    season: t.integer().nullable(),
    seasonName: t.string().nullable(),
    number: t.decimal({ as: 'number' }).nullable(),
    numberDisplay: t.string().nullable(),
    /** Null: as the podcast. */
    explicit: t.boolean().nullable(),
    published: t.boolean().default(false),
    publishedAt: t.datetime().nullable(),
    /** When anybody could first hear it, as far as it is not out now: its address is known since. */
    firstPublishedAt: t.datetime().nullable(),
    /** When what follows its first appearance was done. */
    appearedAt: t.datetime().nullable(),
    /** Whether its guests are thanked by mail then. */
    thanksGuests: t.boolean().default(true),
    recordedAt: t.datetime().nullable(),
    coverUrl: t.string().nullable(),
    audioUrl: t.string().nullable(),
    audioType: t.string().nullable(),
    audioBytes: t.bigint().nullable(),
    /** In seconds. */
    audioDuration: t.integer().nullable(),
    /** In bits a second. */
    audioBitrate: t.integer().nullable(),
    /** Where the file lies as it was uploaded, before anything was written into it. Of ours only. */
    audioOriginalKey: t.string().nullable(),
    /** Whether title, cover and chapters are written into the file. */
    tagAudio: t.boolean().default(true),
    /** Of what was written into it last. */
    audioTagsDigest: t.string().nullable(),
    membersAudioUrl: t.string().nullable(),
    membersAudioType: t.string().nullable(),
    membersAudioBytes: t.bigint().nullable(),
    /** In seconds. */
    membersAudioDuration: t.integer().nullable(),
    websiteUrl: t.string().nullable(),
    /** Of its video. */
    youtubeUrl: t.string().nullable(),
    /** Where the imported feed said its chapters lie. */
    chaptersUrl: t.string().nullable(),
    /** Of the document there, as it was last read. */
    chaptersDigest: t.string().nullable(),
    keywords: t.string().nullable(),
    license: t.json<License>(isLicense).nullable(),
    locations: t.json<readonly Location[]>(areLocations).default([]),
    funding: t.json<readonly Funding[]>(areFunding).default([]),
    soundbites: t.json<readonly Soundbite[]>(areSoundbites).default([]),
    socialInteracts: t.json<readonly SocialInteract[]>(areSocialInteracts).default([]),
    txts: t.json<readonly Txt[]>(areTxts).default([]),
    /** Where its listeners talk with each other. */
    chat: t.json<Chat>(isChat).nullable(),
    /** Who is paid when a listener pays, where that is not the podcast's. */
    payments: t.json<readonly Value[]>(arePayments).default([]),
    /** Where it can be had besides. */
    contentLinks: t.json<readonly ContentLink[]>(areContentLinks).default([]),
    /** By which readers of feeds sort it. */
    categories: t.json<readonly string[]>(areTexts).default([]),
    blocked: t.boolean().default(false),
    /** Its makers recommend it. */
    featured: t.boolean().default(false),
    imported: t.json<Readonly<Record<string, string>>>().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    podcast: belongsTo(Podcast),
    request: belongsTo(EpisodeRequest),
    episodeHosts: hasMany(EpisodeHost, BY_POSITION),
    episodeGuests: hasMany(EpisodeGuest, BY_POSITION),
    episodeTopics: hasMany(EpisodeTopic, BY_POSITION),
    episodeSponsors: hasMany(EpisodeSponsor, BY_POSITION),
    credits: hasMany(EpisodeCredit, BY_POSITION),
    links: hasMany(EpisodeLink, BY_POSITION),
    pictures: hasMany(Picture, BY_POSITION),
    alternates: hasMany(EpisodeAlternate, BY_POSITION),
    chapters: hasMany(Chapter, BY_POSITION),
    transcripts: hasMany(Transcript, BY_POSITION),
    hosts: through('episodeHosts', 'person'),
    guests: through('episodeGuests', 'person'),
    topics: through('episodeTopics', 'topic'),
    sponsors: through('episodeSponsors', 'sponsor'),
  }),
  { tenant: 'podcastId' },
)
export type Episode = Row<typeof Episode>

const LONGEST_NOTES = 500_000

const FIELDS = [
  'title',
  'slug',
  'subtitle',
  'summary',
  'notes',
  'type',
  'season',
  'seasonName',
  'number',
  'numberDisplay',
  'explicit',
  'published',
  'publishedAt',
  'recordedAt',
  'coverUrl',
  'audioUrl',
  'audioType',
  'audioBytes',
  'audioDuration',
  'tagAudio',
  'websiteUrl',
  'youtubeUrl',
  'chaptersUrl',
  'keywords',
  'license',
  'locations',
  'funding',
  'soundbites',
  'socialInteracts',
  'txts',
  'itunesTitle',
  'author',
  'chat',
  'payments',
  'contentLinks',
  'categories',
  'blocked',
  'featured',
] as const

/** What an editor may say of an episode. Its guid is not among it: that is written once. */
export function episodeChangeset(episode: Episode, params: Params): Changeset<typeof Episode> {
  return check(
    cast(episode, params, FIELDS),
    required('podcastId', 'title', 'slug', 'guid'),
    length('title', { max: 255 }),
    length('itunesTitle', { max: 255 }),
    length('author', { max: 255 }),
    length('notes', { max: LONGEST_NOTES, count: 'bytes' }),
    frozenSlug,
    slugs,
    numbers,
    addresses,
    youtubeAddress,
    needsWhen('published', 'publishedAt'),
    needsWhen('audioUrl', 'audioType'),
    rendered('notes', 'notesHtml', { base: 'websiteUrl', moments: true }),
    unique(['podcastId', 'guid'], { errorField: 'guid' }),
    foreignKey('podcastId'),
    asOpened,
  )
}

/** Another address for an episode. The old one is seen to by `changeSlug`. */
export function episodeSlugChangeset(episode: Episode, params: Params): Changeset<typeof Episode> {
  return check(cast(episode, params, ['slug']), required('slug'), slugs)
}

function slugs(changeset: Changeset<typeof Episode>): Changeset<typeof Episode> {
  return check(
    changeset,
    length('slug', { max: 90 }),
    format('slug', SLUG, SLUG_MESSAGE),
    exclusion('slug', RESERVED_EPISODE_SLUGS, 'is an address of the podcast itself'),
    unique(['podcastId', 'slug'], { errorField: 'slug' }),
  )
}

function frozenSlug(changeset: Changeset<typeof Episode>): Changeset<typeof Episode> {
  if (!isSlugFrozen(changeset.row)) return changeset
  return check(
    changeset,
    validate('slug', () => 'is known already: change it where the episode is published'),
  )
}

function numbers(changeset: Changeset<typeof Episode>): Changeset<typeof Episode> {
  return check(
    changeset,
    number('season', { atLeast: 0 }),
    number('number', { atLeast: 0 }),
    number('audioBytes', { greaterThan: 0 }),
    number('audioDuration', { greaterThan: 0 }),
  )
}

function addresses(changeset: Changeset<typeof Episode>): Changeset<typeof Episode> {
  return check(
    changeset,
    format('coverUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    format('audioUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    format('websiteUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('chaptersUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
  )
}

/** The one field needs the other: published, and when; audio, and of what type. */
function needsWhen(given: 'published' | 'audioUrl', needed: 'publishedAt' | 'audioType') {
  return (changeset: Changeset<typeof Episode>) =>
    getField(changeset, given) ? check(changeset, required(needed)) : changeset
}
