import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'

export const MOVED_KINDS = ['picture', 'audio'] as const
export type MovedKind = (typeof MOVED_KINDS)[number]

/**
 * `waiting`: for its turn. `fetching`: its bytes come. `taken`: it is here. `failed`: it is not, and the message says why.
 * `stopped`: somebody thought better of it.
 */
export const MOVED_STATES = ['waiting', 'fetching', 'taken', 'failed', 'stopped'] as const
export type MovedState = (typeof MOVED_STATES)[number]

/** A file of a podcast that lies elsewhere and is brought here, or was: everything of the podcast that has its address. */
export const MovedFile = schema(
  'moved_files',
  {
    id: t.id(),
    podcastId: t.reference(),
    kind: t.enum(MOVED_KINDS),
    /** Where it was: kept for good, so that nothing is lost. */
    address: t.string(),
    state: t.enum(MOVED_STATES).default('waiting'),
    /** Why it is not here, or what was noticed. */
    message: t.string().nullable(),
    tries: t.integer().default(0),
    /** So many of its bytes have come. */
    bytes: t.bigint().default(0),
    /** Where it is here. */
    key: t.string().nullable(),
    /** Its host asked to be left alone, or did not answer. */
    restsUntil: t.datetime().nullable(),
    personId: t.reference().nullable(),
    ...timestamps(),
  },
  () => ({ podcast: belongsTo(Podcast), person: belongsTo(Person) }),
  { tenant: 'podcastId' },
)
export type MovedFile = Row<typeof MovedFile>
