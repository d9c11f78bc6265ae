import {
  cast,
  check,
  format,
  hasMany,
  length,
  required,
  schema,
  t,
  timestamps,
  unique,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { asOpened } from '../conflicts/index.ts'
import {
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from '../formats/index.ts'
import { rendered } from '../markup/index.ts'
import { SLUG, SLUG_MESSAGE, slugged } from '../slugs/index.ts'
import { SponsorRep } from './sponsor-rep.ts'

/** Who pays. What is said of them in an episode is an EpisodeSponsor. */
export const Sponsor = schema(
  'sponsors',
  {
    id: t.id(),
    name: t.string(),
    slug: t.string(),
    description: t.string().nullable(),
    descriptionHtml: t.string().nullable(),
    websiteUrl: t.string().nullable(),
    logoUrl: t.string().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({ sponsorReps: hasMany(SponsorRep, { order: { id: 'asc' } }) }),
)
export type Sponsor = Row<typeof Sponsor>

export function sponsorChangeset(sponsor: Sponsor, params: Params): Changeset<typeof Sponsor> {
  return check(
    cast(sponsor, params, ['name', 'slug', 'description', 'websiteUrl', 'logoUrl']),
    slugged('name', 'slug'),
    required('name', 'slug'),
    length('name', { max: 120 }),
    length('slug', { max: 90 }),
    format('slug', SLUG, SLUG_MESSAGE),
    format('websiteUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('logoUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    rendered('description', 'descriptionHtml'),
    unique('name'),
    unique('slug'),
    asOpened,
  )
}
