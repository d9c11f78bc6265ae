import {
  addError,
  belongsTo,
  cast,
  check,
  foreignKey,
  format,
  getField,
  length,
  number,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { type AlternateEnclosure } from '@showrunner/feeds'
import {
  areSources,
  LANGUAGE,
  LANGUAGE_MESSAGE,
  MEDIA_TYPE,
  MEDIA_TYPE_MESSAGE,
} from '../formats/index.ts'
import { linedList, SOURCES, withLines } from '../lines/index.ts'
import { Episode } from './episode.ts'

export const INTEGRITY_TYPES = ['sri', 'pgp-signature'] as const

/** An episode in another file: smaller, as video, in another language. */
export const EpisodeAlternate = schema(
  'episode_alternates',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    position: t.integer().default(0),
    title: t.string().nullable(),
    type: t.string(),
    /** Where it lies, perhaps in several places. */
    sources: t.json<AlternateEnclosure['sources']>(areSources).default([]),
    bytes: t.bigint().nullable(),
    /** In bits a second. */
    bitrate: t.float().nullable(),
    /** Of video, in pixels. */
    height: t.integer().nullable(),
    language: t.string().nullable(),
    /** What those have in common that say the same; null where that is the episode itself. */
    rel: t.string().nullable(),
    codecs: t.string().nullable(),
    /** Whether it is what the episode's own file is, got in another way. */
    isDefault: t.boolean().default(false),
    /** What tells whether it arrived whole: of which kind, and what it is. */
    integrityType: t.string().nullable(),
    integrityValue: t.string().nullable(),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type EpisodeAlternate = Row<typeof EpisodeAlternate>

/** What of it is written in lines. */
export const ALTERNATE_LINES = { sources: linedList(SOURCES) } as const

const FIELDS = [
  'position',
  'title',
  'type',
  'bytes',
  'bitrate',
  'height',
  'language',
  'rel',
  'codecs',
  'isDefault',
  'integrityType',
  'integrityValue',
] as const

export function episodeAlternateChangeset(
  alternate: EpisodeAlternate,
  params: Params,
): Changeset<typeof EpisodeAlternate> {
  return check(
    withLines(cast(alternate, params, FIELDS), params, ALTERNATE_LINES),
    required('type'),
    needsSources,
    format('type', MEDIA_TYPE, MEDIA_TYPE_MESSAGE),
    length('title', { max: 255 }),
    length('rel', { max: 255 }),
    format('language', LANGUAGE, LANGUAGE_MESSAGE),
    number('bytes', { atLeast: 1, atMost: 2 ** 50 }),
    number('bitrate', { atLeast: 1, atMost: 10 ** 12 }),
    number('height', { atLeast: 1, atMost: 100_000 }),
    wholeIntegrity,
    foreignKey('episodeId'),
  )
}

function needsSources(
  changeset: Changeset<typeof EpisodeAlternate>,
): Changeset<typeof EpisodeAlternate> {
  const isThere = (getField(changeset, 'sources') ?? []).length > 0
  return isThere || changeset.errors['sources']
    ? changeset
    : addError(changeset, 'sources', "can't be blank")
}

/** What it is says nothing without its kind, and the other way round. */
function wholeIntegrity(
  changeset: Changeset<typeof EpisodeAlternate>,
): Changeset<typeof EpisodeAlternate> {
  const [type, value] = [
    getField(changeset, 'integrityType'),
    getField(changeset, 'integrityValue'),
  ]
  if ((type === null) === (value === null)) return changeset
  return type === null
    ? addError(changeset, 'integrityType', 'is needed, to read it by')
    : addError(changeset, 'integrityValue', 'is needed, if its kind is said')
}
