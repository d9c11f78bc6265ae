import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'

/** An address that somebody wants to have, until the link that was mailed there is followed. */
export const EmailChange = schema(
  'email_changes',
  {
    id: t.id(),
    personId: t.reference(),
    email: t.string(),
    tokenHash: t.string().redact(),
    expiresAt: t.datetime(),
    usedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person) }),
)
export type EmailChange = Row<typeof EmailChange>
