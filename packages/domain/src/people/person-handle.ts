import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Person } from './person.ts'

/** What somebody was called, or whoever was merged into them: that address leads to them. */
export const PersonHandle = schema(
  'person_handles',
  { id: t.id(), personId: t.reference(), handle: t.string(), ...timestamps() },
  () => ({ person: belongsTo(Person) }),
)
export type PersonHandle = Row<typeof PersonHandle>
