import { belongsTo, schema, t, timestamps, type Loaded, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'

/** One browser somebody is signed in with. It began when its row was made. */
export const Session = schema(
  'sessions',
  {
    id: t.id(),
    personId: t.reference(),
    tokenHash: t.string().redact(),
    /** When it ends if it is not used. */
    expiresAt: t.datetime(),
    /** When it ends, used or not. */
    endsAt: t.datetime(),
    lastSeenAt: t.datetime(),
    userAgent: t.string().nullable(),
    /** In whose name the administrator whose session it is acts, and until when. */
    masqueradingAsId: t.reference().nullable(),
    masqueradeEndsAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person), masqueradingAs: belongsTo(Person) }),
)
export type Session = Row<typeof Session>

/** A session with who acts in it: `person` is whose it is or, while they masquerade, in whose name they act. */
export type SessionWithPerson = Loaded<typeof Session, ['person', 'masqueradingAs']> & {
  /** The administrator whose session it is, while they masquerade. */
  readonly masquerader: Person | null
}
