import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'

/** A way in that works once, and not for long. */
export const SignInLink = schema(
  'sign_in_links',
  {
    id: t.id(),
    personId: t.reference(),
    tokenHash: t.string().redact(),
    expiresAt: t.datetime(),
    usedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person) }),
)
export type SignInLink = Row<typeof SignInLink>
