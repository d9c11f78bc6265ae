import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'

/** One browser somebody is signed in with. */
export const Session = schema(
  'sessions',
  {
    id: t.id(),
    personId: t.reference(),
    tokenHash: t.string().redact(),
    expiresAt: t.datetime(),
    lastSeenAt: t.datetime(),
    userAgent: t.string().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person) }),
)
export type Session = Row<typeof Session>
