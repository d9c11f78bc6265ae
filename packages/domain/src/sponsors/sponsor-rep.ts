import {
  belongsTo,
  cast,
  type Changeset,
  check,
  foreignKey,
  type Params,
  required,
  type Row,
  schema,
  t,
  timestamps,
  unique,
} from '@showrunner/data'
import { Person } from '../people/index.ts'
import { Sponsor } from './sponsor.ts'

/** Somebody of a sponsor, who may open its report. */
export const SponsorRep = schema(
  'sponsor_reps',
  {
    id: t.id(),
    sponsorId: t.reference(),
    personId: t.reference(),
    ...timestamps(),
  },
  () => ({ sponsor: belongsTo(Sponsor), person: belongsTo(Person) }),
)
export type SponsorRep = Row<typeof SponsorRep>

export function sponsorRepChangeset(rep: SponsorRep, params: Params): Changeset<typeof SponsorRep> {
  return check(
    cast(rep, params, ['personId']),
    required('personId'),
    unique(['sponsorId', 'personId'], { errorField: 'personId' }),
    foreignKey('sponsorId'),
    foreignKey('personId'),
  )
}
