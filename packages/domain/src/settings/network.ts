import { randomUUID } from 'node:crypto'
import {
  cast,
  check,
  format,
  length,
  required,
  schema,
  t,
  timestamps,
  validate,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { asOpened } from '../conflicts/index.ts'
import {
  EMAIL,
  EMAIL_MESSAGE,
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  LANGUAGE,
  LANGUAGE_MESSAGE,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from '../formats/index.ts'
import { rendered } from '../markup/index.ts'

/** What the network says of itself. The table holds one row, from its migration on. */
export const Settings = schema('settings', {
  id: t.id(),
  title: t.string().default('Showrunner'),
  tagline: t.string().nullable(),
  description: t.string().nullable(),
  descriptionHtml: t.string().nullable(),
  language: t.string().default('en'),
  ownerName: t.string().nullable(),
  ownerEmail: t.string().nullable(),
  /** Where answers to our mails go. */
  replyEmail: t.string().nullable(),
  coverUrl: t.string().nullable(),
  mastodonUrl: t.string().nullable(),
  blueskyUrl: t.string().nullable(),
  youtubeUrl: t.string().nullable(),
  instagramUrl: t.string().nullable(),
  linkedinUrl: t.string().nullable(),
  githubUrl: t.string().nullable(),
  imprint: t.string().nullable(),
  imprintHtml: t.string().nullable(),
  privacy: t.string().nullable(),
  privacyHtml: t.string().nullable(),
  terms: t.string().nullable(),
  termsHtml: t.string().nullable(),
  /** What guests should know. Null: what we say in general. */
  guestGuide: t.string().nullable(),
  guestGuideHtml: t.string().nullable(),
  /** Addresses of the hubs that are told of every feed that changes, one a line. */
  websubHubs: t.string().nullable(),
  /** Whether Podping is told of them. */
  usesPodping: t.boolean().default(false),
  /** Of the feed of all podcasts, and of the network's as their publisher. Written once. */
  feedGuid: t.string().default(() => randomUUID()),
  publisherGuid: t.string().default(() => randomUUID()),
  lockVersion: t.integer().default(1),
  ...timestamps(),
})
export type Settings = Row<typeof Settings>

/** The hubs that are told of feeds. */
export function hubsOf({ websubHubs }: Pick<Settings, 'websubHubs'>): readonly string[] {
  return linesOf(websubHubs ?? '')
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Where else the network is found. */
export const SOCIAL_FIELDS = [
  'mastodonUrl',
  'blueskyUrl',
  'youtubeUrl',
  'instagramUrl',
  'linkedinUrl',
  'githubUrl',
] as const

/** Texts with a page of their own, in Markdown. */
export const TEXT_FIELDS = ['imprint', 'privacy', 'terms', 'guestGuide'] as const

const FIELDS = [
  'title',
  'tagline',
  'description',
  'language',
  'ownerName',
  'ownerEmail',
  'replyEmail',
  'coverUrl',
  'websubHubs',
  'usesPodping',
  ...SOCIAL_FIELDS,
  ...TEXT_FIELDS,
] as const

const LONGEST_TEXT = 100_000

export function settingsChangeset(settings: Settings, params: Params): Changeset<typeof Settings> {
  return check(
    cast(settings, params, FIELDS),
    required('title', 'language'),
    length('title', { max: 120 }),
    length('tagline', { max: 255 }),
    format('language', LANGUAGE, LANGUAGE_MESSAGE),
    format('ownerEmail', EMAIL, EMAIL_MESSAGE),
    format('replyEmail', EMAIL, EMAIL_MESSAGE),
    format('coverUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    validate('websubHubs', (text) =>
      linesOf(text).every((line) => WEB_ADDRESS.test(line))
        ? undefined
        : 'must be addresses that begin with https://, one a line',
    ),
    length('description', { max: 20_000 }),
    rendered('description', 'descriptionHtml'),
    ...SOCIAL_FIELDS.map((field) =>
      format<typeof Settings>(field, WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    ),
    ...TEXT_FIELDS.map((field) => length<typeof Settings>(field, { max: LONGEST_TEXT })),
    ...TEXT_FIELDS.map((field) => rendered<typeof Settings>(field, `${field}Html`)),
    asOpened,
  )
}
