import {
  addError,
  cast,
  check,
  exclusion,
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
  type Category,
  type Chat,
  type Funding,
  type License,
  type Location,
  type RemoteItem,
  type ServiceBlock,
  type SocialInteract,
  type Trailer,
  type Txt,
  type UpdateFrequency,
  type Value,
} from '@showrunner/feeds'
import { asOpened } from '../conflicts/index.ts'
import { Episode } from '../episodes/index.ts'
import {
  areBlocks,
  areCategories,
  areFunding,
  areLocations,
  arePayments,
  areRemoteItems,
  areSocialInteracts,
  areTrailers,
  areTxts,
  EMAIL,
  EMAIL_MESSAGE,
  HOST,
  HOST_MESSAGE,
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  isChat,
  isLicense,
  isRemoteItem,
  isUpdateFrequency,
  type Json,
  LANGUAGE,
  LANGUAGE_MESSAGE,
  lowerCase,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from '../formats/index.ts'
import { rendered } from '../markup/index.ts'
import { Picture } from '../pictures/index.ts'
import { RESERVED_PODCAST_SLUGS, SLUG, SLUG_MESSAGE } from '../slugs/index.ts'
import { PodcastCredit } from './podcast-credit.ts'
import { PodcastHost } from './podcast-host.ts'
import { PodcastTopic } from './podcast-topic.ts'

export const PODCAST_STATUSES = ['draft', 'soon', 'publishing', 'inactive', 'archived'] as const
export type PodcastStatus = (typeof PODCAST_STATUSES)[number]

/** In which statuses anybody may see it. */
export const PUBLIC_STATUSES = [
  'soon',
  'publishing',
  'inactive',
] as const satisfies readonly PodcastStatus[]

export const PODCAST_KINDS = ['episodic', 'serial'] as const

/** A show. */
export const Podcast = schema(
  'podcasts',
  {
    id: t.id(),
    slug: t.string(),
    guid: t.string(),
    title: t.string(),
    subtitle: t.string().nullable(),
    description: t.string().nullable(),
    descriptionHtml: t.string().nullable(),
    author: t.string().nullable(),
    ownerName: t.string().nullable(),
    ownerEmail: t.string().nullable(),
    language: t.string().default('en'),
    websiteUrl: t.string().nullable(),
    status: t.enum(PODCAST_STATUSES).default('draft'),
    position: t.integer().default(0),
    medium: t.string().default('podcast'),
    kind: t.enum(PODCAST_KINDS).default('episodic'),
    explicit: t.boolean().default(false),
    locked: t.boolean().default(false),
    /** Who may have the lock taken off: an address by e-mail. */
    lockedOwner: t.string().nullable(),
    complete: t.boolean().default(false),
    blocked: t.boolean().default(false),
    categories: t.json<readonly Category[]>(areCategories).default([]),
    funding: t.json<readonly Funding[]>(areFunding).default([]),
    keywords: t.string().nullable(),
    copyright: t.string().nullable(),
    license: t.json<License>(isLicense).nullable(),
    locations: t.json<readonly Location[]>(areLocations).default([]),
    /** Other shows that it recommends. */
    podroll: t.json<readonly RemoteItem[]>(areRemoteItems).default([]),
    /** What directories and others want to read in the feed. */
    txts: t.json<readonly Txt[]>(areTxts).default([]),
    updateFrequency: t.json<Json<UpdateFrequency>>(isUpdateFrequency).nullable(),
    /** Who is paid when a listener pays. */
    payments: t.json<readonly Value[]>(arePayments).default([]),
    /** Where its listeners talk with each other. */
    chat: t.json<Chat>(isChat).nullable(),
    socialInteracts: t.json<readonly SocialInteract[]>(areSocialInteracts).default([]),
    /** Which services must not have it, or may although others must not. For all of them it is `blocked`. */
    blocks: t.json<readonly ServiceBlock[]>(areBlocks).default([]),
    /** Those that are none of its episodes. */
    trailers: t.json<readonly Json<Trailer>[]>(areTrailers).default([]),
    /** The feed of who publishes it; null for this network. */
    publisher: t.json<RemoteItem>(isRemoteItem).nullable(),
    /** What a list is made of: feeds, and episodes of feeds. */
    remoteItems: t.json<readonly RemoteItem[]>(areRemoteItems).default([]),
    coverUrl: t.string().nullable(),
    /** Its accent, as `#rrggbb` in lower case. */
    colour: t.string().nullable(),
    /** The feed it is imported from. */
    sourceUrl: t.string().nullable(),
    newFeedUrl: t.string().nullable(),
    /** Whether who asks for the feed here is led to the new one. */
    feedRedirects: t.boolean().default(false),
    /** How many episodes a document of the feed holds; null for all. */
    feedPageSize: t.integer().nullable(),
    appleUrl: t.string().nullable(),
    spotifyUrl: t.string().nullable(),
    youtubeUrl: t.string().nullable(),
    /** A host of its own, which leads to its pages here: `localtime.example`. */
    vanityHost: t.string().nullable(),
    /** What the notes of a new episode begin with. */
    notesTemplate: t.string().nullable(),
    /** What stands below the video of an episode; null for what is usual. */
    youtubeTemplate: t.string().nullable(),
    /** Whether anybody may ask it for an episode, on the page for that. */
    takesRequests: t.boolean().default(false),
    imported: t.json<Readonly<Record<string, string>>>().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    episodes: hasMany(Episode, { order: { publishedAt: 'desc', id: 'desc' } }),
    podcastHosts: hasMany(PodcastHost, { order: { position: 'asc', id: 'asc' } }),
    podcastTopics: hasMany(PodcastTopic, { order: { position: 'asc', id: 'asc' } }),
    credits: hasMany(PodcastCredit, { order: { position: 'asc', id: 'asc' } }),
    pictures: hasMany(Picture, {
      where: { episodeId: null },
      order: { position: 'asc', id: 'asc' },
    }),
    hosts: through('podcastHosts', 'person'),
    topics: through('podcastTopics', 'topic'),
  }),
  // Whose repo it is not does not even see that it is there.
  { tenant: 'id' },
)
export type Podcast = Row<typeof Podcast>

const FIELDS = [
  'title',
  'slug',
  'subtitle',
  'description',
  'author',
  'ownerName',
  'ownerEmail',
  'language',
  'websiteUrl',
  'status',
  'position',
  'medium',
  'kind',
  'explicit',
  'locked',
  'lockedOwner',
  'complete',
  'blocked',
  'categories',
  'funding',
  'keywords',
  'copyright',
  'license',
  'locations',
  'podroll',
  'txts',
  'updateFrequency',
  'payments',
  'chat',
  'socialInteracts',
  'blocks',
  'trailers',
  'publisher',
  'remoteItems',
  'coverUrl',
  'colour',
  'newFeedUrl',
  'feedRedirects',
  'feedPageSize',
  'appleUrl',
  'spotifyUrl',
  'youtubeUrl',
  'vanityHost',
  'notesTemplate',
  'youtubeTemplate',
  'takesRequests',
] as const

/** What an editor may say of a podcast. Its guid is not among it: that is written once. */
export function podcastChangeset(podcast: Podcast, params: Params): Changeset<typeof Podcast> {
  return check(
    cast(podcast, params, FIELDS),
    lowerCase('colour'),
    lowerCase('vanityHost'),
    required('title', 'slug', 'guid', 'language', 'medium'),
    length('title', { max: 255 }),
    length('description', { max: 50_000 }),
    length('notesTemplate', { max: 50_000 }),
    length('youtubeTemplate', { max: 5000 }),
    frozenSlug,
    slugs,
    format('language', LANGUAGE, LANGUAGE_MESSAGE),
    format('ownerEmail', EMAIL, EMAIL_MESSAGE),
    format('lockedOwner', EMAIL, EMAIL_MESSAGE),
    format('colour', /^#[0-9a-f]{6}$/, 'must be a colour such as #1f6feb'),
    addresses,
    number('feedPageSize', { atLeast: 1, atMost: 10_000 }),
    redirectsSomewhere,
    rendered('description', 'descriptionHtml', { base: 'websiteUrl' }),
    unique('guid'),
    unique('sourceUrl'),
    unique('vanityHost'),
    asOpened,
  )
}

/** Another address for a podcast. The old one is seen to by `changePodcastSlug`. */
export function podcastSlugChangeset(podcast: Podcast, params: Params): Changeset<typeof Podcast> {
  return check(cast(podcast, params, ['slug']), required('slug'), slugs)
}

function slugs(changeset: Changeset<typeof Podcast>): Changeset<typeof Podcast> {
  return check(
    changeset,
    length('slug', { max: 90 }),
    format('slug', SLUG, SLUG_MESSAGE),
    exclusion('slug', RESERVED_PODCAST_SLUGS, 'is an address of the site itself'),
    unique('slug'),
  )
}

/** Whether its address may be known already: it is then changed by `changePodcastSlug` alone. */
export function isPodcastSlugFrozen({ status }: Pick<Podcast, 'status'>): boolean {
  return status !== 'draft'
}

function frozenSlug(changeset: Changeset<typeof Podcast>): Changeset<typeof Podcast> {
  if (!isPodcastSlugFrozen(changeset.row)) return changeset
  return check(
    changeset,
    validate('slug', () => 'is known already: change it by itself'),
  )
}

function redirectsSomewhere(changeset: Changeset<typeof Podcast>): Changeset<typeof Podcast> {
  const isLost = getField(changeset, 'feedRedirects') && !getField(changeset, 'newFeedUrl')
  return isLost
    ? addError(changeset, 'newFeedUrl', 'is needed, if apps are to be led there')
    : changeset
}

function addresses(changeset: Changeset<typeof Podcast>): Changeset<typeof Podcast> {
  return check(
    changeset,
    format('coverUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    format('websiteUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('newFeedUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('appleUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('spotifyUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('youtubeUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('vanityHost', HOST, HOST_MESSAGE),
  )
}
