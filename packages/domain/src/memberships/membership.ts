import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { type Known, NOTHING_KNOWN } from './known.ts'
import { MEMBERSHIP_STATUSES } from './standing.ts'

/** Somebody Memberful knows, and whether they are a member. */
export const Membership = schema(
  'memberships',
  {
    id: t.id(),
    memberfulMemberId: t.bigint(),
    personId: t.reference().nullable(),
    /** Whether whoever it belongs to was made for it. */
    personMade: t.boolean().default(false),
    /** Their address at Memberful, which need not be theirs here. */
    email: t.string().nullable(),
    status: t.enum(MEMBERSHIP_STATUSES).default('none'),
    plan: t.string().nullable(),
    autorenew: t.boolean().nullable(),
    /** Let in by staff, without a subscription. */
    unrestricted: t.boolean().default(false),
    startedAt: t.datetime().nullable(),
    /** When what is paid ends; null is never, by itself. */
    endsAt: t.datetime().nullable(),
    /** When we saw the present membership begin, and the last one end. */
    beganAt: t.datetime().nullable(),
    endedAt: t.datetime().nullable(),
    known: t.json<Known>().default(NOTHING_KNOWN),
    /** When Memberful was last asked about them, and answered. */
    fetchedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person) }),
)
export type Membership = Row<typeof Membership>
