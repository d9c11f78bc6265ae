import {
  belongsTo,
  cast,
  check,
  hasMany,
  length,
  required,
  schema,
  t,
  timestamps,
  validate,
  type Changeset,
  type Loaded,
  type Params,
  type Row,
} from '@showrunner/data'
import { Person } from '../people/index.ts'
import { MemberFeedPodcast } from './member-feed-podcast.ts'
import { formatProblems } from './title-format.ts'

/** A program that fetched a feed. */
export interface Agent {
  readonly name: string
  /** When it did last, ISO 8601. */
  readonly at: string
}

/** A feed that a member has made for themselves. Whoever knows its address hears what they hear. */
export const MemberFeed = schema(
  'member_feeds',
  {
    id: t.id(),
    personId: t.reference(),
    name: t.string(),
    tokenHash: t.string().redact(),
    /** `{podcast}: {title}`; null for the title alone. */
    titleFormat: t.string().nullable(),
    /** What came out before is not in it: a day where the owner is. */
    startsOn: t.date().nullable(),
    allPodcasts: t.boolean().default(true),
    /** Whether the recording for members is in it, of what has one. */
    membersAudio: t.boolean().default(true),
    addressMadeAt: t.datetime(),
    /** What the last mail with its address was sent for. */
    mailedFor: t.datetime().nullable(),
    lastFetchedAt: t.datetime().nullable(),
    agents: t.json<readonly Agent[]>().default([]),
    ...timestamps(),
  },
  () => ({
    person: belongsTo(Person),
    feedPodcasts: hasMany(MemberFeedPodcast, { foreignKey: 'feedId' }),
  }),
)
export type MemberFeed = Row<typeof MemberFeed>
export type MemberFeedWithOwner = Loaded<typeof MemberFeed, ['person', 'feedPodcasts']>

const FIELDS = ['name', 'titleFormat', 'startsOn', 'allPodcasts', 'membersAudio'] as const

/** What the owner may say of a feed. Whose it is and where it lies is not among it. */
export function memberFeedChangeset(
  feed: MemberFeed,
  params: Params,
): Changeset<typeof MemberFeed> {
  return check(
    cast(feed, params, FIELDS),
    required('name', 'allPodcasts', 'membersAudio'),
    length('name', { max: 120 }),
    length('titleFormat', { max: 120 }),
    validate('titleFormat', (format) => (format === null ? [] : formatProblems(format))),
  )
}
