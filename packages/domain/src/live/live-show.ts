import {
  belongsTo,
  cast,
  change,
  check,
  format,
  getChange,
  getField,
  number,
  required,
  schema,
  t,
  timestamps,
  unique,
  type Changeset,
  type Loaded,
  type Params,
  type Row,
} from '@showrunner/data'
import { asOpened } from '../conflicts/index.ts'
import { Episode } from '../episodes/index.ts'
import { WEB_ADDRESS, WEB_ADDRESS_MESSAGE } from '../formats/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { streamType } from './stream.ts'

/** An episode that is, will be or was made while people listen. */
export const LiveShow = schema(
  'live_shows',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    /** Apps know the stream by it. */
    guid: t.string(),
    startsAt: t.datetime(),
    plannedMinutes: t.integer().default(60),
    /** Whether it goes on air by itself when it starts. */
    startsItself: t.boolean().default(false),
    streamUrl: t.string().nullable(),
    /** Of sound or video that a browser plays; null of a page elsewhere. */
    streamType: t.string().nullable(),
    wentLiveAt: t.datetime().nullable(),
    endedAt: t.datetime().nullable(),
    /** How long everybody is told of it while it is not on air; null while it is. */
    announcedUntil: t.datetime().nullable(),
    chatEnabled: t.boolean().default(true),
    slowModeSeconds: t.integer().default(0),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), podcast: belongsTo(Podcast) }),
  { tenant: 'podcastId' },
)
export type LiveShow = Row<typeof LiveShow>
export type LiveShowOfEpisode = Loaded<typeof LiveShow, [{ episode: 'podcast' }]>

/** As `podcast:liveItem` says it. */
export type LiveStatus = 'pending' | 'live' | 'ended'

export function liveStatus({
  wentLiveAt,
  endedAt,
}: Pick<LiveShow, 'wentLiveAt' | 'endedAt'>): LiveStatus {
  if (endedAt) return 'ended'
  return wentLiveAt ? 'live' : 'pending'
}

/** How far a show has come, in milliseconds; null before it is on air. */
export function liveElapsed({ wentLiveAt, endedAt }: LiveShow, asOf: Date): number | null {
  if (!wentLiveAt) return null
  return Math.max(0, (endedAt ?? asOf).getTime() - wentLiveAt.getTime())
}

const FIELDS = [
  'startsAt',
  'plannedMinutes',
  'startsItself',
  'streamUrl',
  'chatEnabled',
  'slowModeSeconds',
] as const

const HOUR_MS = 60 * 60_000
/** A show that nobody began is announced so long after it was to begin. */
const FORGOTTEN_MS = 6 * HOUR_MS
/** Apps that ask once a day learn that it is over. */
const OVER_MS = 24 * HOUR_MS

export const announcedOver = (endedAt: Date): Date => new Date(endedAt.getTime() + OVER_MS)

function announced(changeset: Changeset<typeof LiveShow>): Changeset<typeof LiveShow> {
  const startsAt = getChange(changeset, 'startsAt')
  if (!startsAt || getField(changeset, 'wentLiveAt')) return changeset
  return change(changeset, { announcedUntil: new Date(startsAt.getTime() + FORGOTTEN_MS) })
}

/** What is planned, or changed while it goes on. */
export function liveShowChangeset(show: LiveShow, params: Params): Changeset<typeof LiveShow> {
  return check(
    cast(show, params, FIELDS),
    required('startsAt', 'plannedMinutes', 'slowModeSeconds'),
    number('plannedMinutes', { atLeast: 1, atMost: 1440 }),
    number('slowModeSeconds', { atLeast: 0, atMost: 3600 }),
    format('streamUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    (changeset) =>
      getField(changeset, 'startsItself') ? check(changeset, required('streamUrl')) : changeset,
    streamType,
    announced,
    unique('episodeId', { message: 'has a live show already' }),
    asOpened,
  )
}
