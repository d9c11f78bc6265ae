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
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person) }),
)
export type Session = Row<typeof Session>
export type SessionWithPerson = Loaded<typeof Session, ['person']>
