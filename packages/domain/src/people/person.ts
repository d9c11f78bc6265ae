import {
  cast,
  check,
  format,
  hasMany,
  length,
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
import { asOpened } from '../conflicts/index.ts'
import { EpisodeGuest, EpisodeHost } from '../episodes/index.ts'
import {
  EMAIL,
  EMAIL_MESSAGE,
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  HANDLE_ELSEWHERE,
  HANDLE_ELSEWHERE_MESSAGE,
  lowerCase,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from '../formats/index.ts'
import { rendered } from '../markup/index.ts'
import { PodcastHost } from '../podcasts/index.ts'
import { SLUG, SLUG_MESSAGE } from '../slugs/index.ts'
import { isZone } from '../zones/index.ts'

const ZONE_MESSAGE = 'must be a time zone such as Europe/Berlin'

/** Somebody heard or credited, or who signs in: a host, a guest, a producer, an editor. */
export const Person = schema(
  'people',
  {
    id: t.id(),
    name: t.string(),
    handle: t.string(),
    email: t.string().nullable(),
    bio: t.string().nullable(),
    bioHtml: t.string().nullable(),
    location: t.string().nullable(),
    avatarUrl: t.string().nullable(),
    websiteUrl: t.string().nullable(),
    githubHandle: t.string().nullable(),
    mastodonHandle: t.string().nullable(),
    blueskyHandle: t.string().nullable(),
    linkedinHandle: t.string().nullable(),
    /** The addresses by which imported feeds tell them from others of the same name. */
    feedUrls: t.json<readonly string[]>().default([]),
    /** May do everything. */
    admin: t.boolean().default(false),
    /** May edit the network's own texts. */
    editor: t.boolean().default(false),
    /** May work on the podcasts they host. */
    host: t.boolean().default(false),
    /** In which they read and type times, by its IANA name. Null is UTC. */
    timeZone: t.string().nullable(),
    signedInAt: t.datetime().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    podcastHosts: hasMany(PodcastHost, { order: { position: 'asc', id: 'asc' } }),
    episodeHosts: hasMany(EpisodeHost),
    episodeGuests: hasMany(EpisodeGuest),
    podcasts: through('podcastHosts', 'podcast'),
    hostedEpisodes: through('episodeHosts', 'episode'),
    guestedEpisodes: through('episodeGuests', 'episode'),
  }),
)
export type Person = Row<typeof Person>

const PROFILE = [
  'name',
  'handle',
  'bio',
  'location',
  'avatarUrl',
  'websiteUrl',
  'githubHandle',
  'mastodonHandle',
  'blueskyHandle',
  'linkedinHandle',
  'timeZone',
] as const

/** What a person may say of themselves. */
export function profileChangeset(person: Person, params: Params): Changeset<typeof Person> {
  return check(cast(person, params, PROFILE), personRules)
}

/** What may be said of anybody by who may. */
export function personChangeset(person: Person, params: Params): Changeset<typeof Person> {
  return check(cast(person, params, [...PROFILE, 'email']), personRules)
}

/** The address with which somebody signs in: whoever changes it has shown that it is theirs. */
export function emailChangeset(person: Person, params: Params): Changeset<typeof Person> {
  return check(cast(person, params, ['email']), required('email'), personRules)
}

/** What an administrator may let somebody do. */
export function rolesChangeset(person: Person, params: Params): Changeset<typeof Person> {
  return check(
    cast(person, params, ['admin', 'editor', 'host']),
    required('admin', 'editor', 'host'),
    asOpened,
  )
}

function personRules(changeset: Changeset<typeof Person>): Changeset<typeof Person> {
  return check(
    changeset,
    lowerCase('handle', 'email'),
    required('name', 'handle'),
    length('name', { max: 255 }),
    length('handle', { max: 90 }),
    length('bio', { max: 20_000 }),
    format('handle', SLUG, SLUG_MESSAGE),
    format('email', EMAIL, EMAIL_MESSAGE),
    format('avatarUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    format('websiteUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('githubHandle', HANDLE_ELSEWHERE, HANDLE_ELSEWHERE_MESSAGE),
    format('mastodonHandle', HANDLE_ELSEWHERE, HANDLE_ELSEWHERE_MESSAGE),
    format('blueskyHandle', HANDLE_ELSEWHERE, HANDLE_ELSEWHERE_MESSAGE),
    format('linkedinHandle', HANDLE_ELSEWHERE, HANDLE_ELSEWHERE_MESSAGE),
    validate('timeZone', (zone) => (isZone(zone) ? [] : [ZONE_MESSAGE])),
    rendered('bio', 'bioHtml'),
    unique('handle'),
    unique('email'),
    asOpened,
  )
}
