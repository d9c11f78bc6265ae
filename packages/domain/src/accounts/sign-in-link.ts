import { belongsTo, schema, t, timestamps, type Loaded, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'

/** A way in that works once, and not for long. */
export const SignInLink = schema(
  'sign_in_links',
  {
    id: t.id(),
    /** Nobody, where the address was nobody's: using the link makes somebody. */
    personId: t.reference().nullable(),
    /** Where it was mailed to. A link that was printed or shown has none. */
    email: t.string().nullable(),
    /** The page that was wanted, on this site. */
    nextPath: t.string().nullable(),
    tokenHash: t.string().redact(),
    expiresAt: t.datetime(),
    usedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({ person: belongsTo(Person) }),
)
export type SignInLink = Row<typeof SignInLink>
export type SignInLinkWithPerson = Loaded<typeof SignInLink, ['person']>
