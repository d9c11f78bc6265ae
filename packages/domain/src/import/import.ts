import {
  belongsTo,
  build,
  cast,
  check,
  format,
  length,
  put,
  required,
  schema,
  t,
  timestamps,
  unique,
  validate,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { SLUG, SLUG_MESSAGE } from '../slugs/index.ts'
import { type ImportProgress } from './progress.ts'
import { type ImportPreview } from './preview.ts'
import { type ImportReport } from './report.ts'

/** `ready`: looked at, and waiting for somebody to say yes. `waiting`: for its turn. */
export const IMPORT_STATES = [
  'looking',
  'ready',
  'waiting',
  'running',
  'done',
  'failed',
  'cancelled',
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** A feed that somebody brings in from the admin area. */
export const Import = schema(
  'imports',
  {
    id: t.id(),
    address: t.string(),
    /** The podcast it is, where the feed does not say so itself. */
    intoSlug: t.string().nullable(),
    /** What a podcast that is new here is called by. */
    newSlug: t.string().nullable(),
    fetchDocuments: t.boolean().default(true),
    /** What is brought here once it is imported. */
    bringPictures: t.boolean().default(true),
    bringAudio: t.boolean().default(false),
    state: t.enum(IMPORT_STATES).default('looking'),
    preview: t.json<ImportPreview>().nullable(),
    progress: t.json<ImportProgress>().nullable(),
    report: t.json<ImportReport>().nullable(),
    /** Why it failed, for people. */
    error: t.string().nullable(),
    cancelAsked: t.boolean().default(false),
    personId: t.reference().nullable(),
    podcastId: t.reference().nullable(),
    /** When the process that does it last said so. */
    aliveAt: t.datetime().nullable(),
    startedAt: t.datetime().nullable(),
    finishedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person), podcast: belongsTo(Podcast) }),
)
export type Import = Row<typeof Import>

const LONGEST_ADDRESS = 2000

/** What somebody asks to be imported. */
export function importChangeset(row: Import, params: Params): Changeset<typeof Import> {
  return check(
    cast(row, params, ['address', 'intoSlug', 'newSlug', 'fetchDocuments']),
    required('address'),
    length('address', { max: LONGEST_ADDRESS }),
    validate('address', (address) =>
      webAddress(address) === undefined ? 'is no web address; one begins with https://' : undefined,
    ),
    normalised,
    format('newSlug', SLUG, SLUG_MESSAGE),
    notTwice,
  )
}

/** What somebody says when they confirm it. */
export function confirmedChangeset(row: Import, params: Params): Changeset<typeof Import> {
  return cast(row, params, ['bringPictures', 'bringAudio'])
}

export function newImport(personId: number | null): Import {
  return build(Import, { personId })
}

/** One import of a feed at a time: an index of the database sees to it. */
export function notTwice(changeset: Changeset<typeof Import>): Changeset<typeof Import> {
  return check(
    changeset,
    unique('address', { message: 'is being imported already: see the list of imports' }),
  )
}

function normalised(changeset: Changeset<typeof Import>): Changeset<typeof Import> {
  const { address } = changeset.changes
  const href = typeof address === 'string' ? webAddress(address) : undefined
  return href === undefined ? changeset : put(changeset, 'address', href)
}

function webAddress(address: string): string | undefined {
  const url = URL.parse(address.trim())
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined
  url.hash = ''
  return url.href
}
