import {
  belongsTo,
  cast,
  change,
  check,
  foreignKey,
  hasMany,
  hasOne,
  length,
  optimisticLock,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { RequestMessage } from './request-message.ts'

/** `failed` is what was accepted and could not be made after all. */
export const REQUEST_STATUSES = ['fresh', 'pending', 'accepted', 'declined', 'failed'] as const
export type RequestStatus = (typeof REQUEST_STATUSES)[number]

/** What somebody asks a podcast to talk about. */
export const EpisodeRequest = schema(
  'episode_requests',
  {
    id: t.id(),
    podcastId: t.reference(),
    submitterId: t.reference(),
    status: t.enum(REQUEST_STATUSES).default('fresh'),
    pitch: t.string(),
    topics: t.string().nullable(),
    hosts: t.string().nullable(),
    guests: t.string().nullable(),
    pronunciation: t.string().nullable(),
    /** When it last got another status than the first. */
    answeredAt: t.datetime().nullable(),
    /** When whoever asked was told that their episode is out. */
    announcedAt: t.datetime().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    podcast: belongsTo(Podcast),
    submitter: belongsTo(Person),
    episode: hasOne(Episode, { foreignKey: 'requestId' }),
    messages: hasMany(RequestMessage, {
      foreignKey: 'requestId',
      order: { insertedAt: 'asc', id: 'asc' },
    }),
  }),
  { tenant: 'podcastId' },
)
export type EpisodeRequest = Row<typeof EpisodeRequest>

/** What whoever asks says of the episode they would like. */
export const WISH_FIELDS = ['pitch', 'topics', 'hosts', 'guests', 'pronunciation'] as const

export const LONGEST_WISH = {
  pitch: 5_000,
  topics: 140,
  hosts: 255,
  guests: 1_000,
  pronunciation: 255,
} as const satisfies Record<(typeof WISH_FIELDS)[number], number>

export function requestChangeset(
  request: EpisodeRequest,
  params: Params,
): Changeset<typeof EpisodeRequest> {
  return check(
    cast(request, params, WISH_FIELDS),
    required('podcastId', 'submitterId', 'pitch'),
    ...WISH_FIELDS.map((field) =>
      length<typeof EpisodeRequest>(field, { max: LONGEST_WISH[field] }),
    ),
    foreignKey('podcastId'),
    foreignKey('submitterId'),
  )
}

/** Its next status. Who answers says which version of it they saw: of two answers at once, one counts. */
export function answerChangeset(
  request: EpisodeRequest,
  status: RequestStatus,
  asOf: Date,
): Changeset<typeof EpisodeRequest> {
  return check(change(request, { status, answeredAt: asOf }), optimisticLock('lockVersion'))
}
