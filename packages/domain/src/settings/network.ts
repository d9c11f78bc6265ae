import {
  cast,
  check,
  format,
  length,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import {
  EMAIL,
  EMAIL_MESSAGE,
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  LANGUAGE,
  LANGUAGE_MESSAGE,
} from '../formats/index.ts'
import { rendered } from '../markup/index.ts'

/** What the network says of itself. The table holds one row, from its migration on. */
export const Settings = schema('settings', {
  id: t.id(),
  title: t.string().default('Showrunner'),
  tagline: t.string().nullable(),
  description: t.string().nullable(),
  descriptionHtml: t.string().nullable(),
  language: t.string().default('en'),
  ownerName: t.string().nullable(),
  ownerEmail: t.string().nullable(),
  coverUrl: t.string().nullable(),
  ...timestamps(),
})
export type Settings = Row<typeof Settings>

const FIELDS = [
  'title',
  'tagline',
  'description',
  'language',
  'ownerName',
  'ownerEmail',
  'coverUrl',
] as const

export function settingsChangeset(settings: Settings, params: Params): Changeset<typeof Settings> {
  return check(
    cast(settings, params, FIELDS),
    required('title', 'language'),
    length('title', { max: 120 }),
    length('tagline', { max: 255 }),
    format('language', LANGUAGE, LANGUAGE_MESSAGE),
    format('ownerEmail', EMAIL, EMAIL_MESSAGE),
    format('coverUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    rendered('description', 'descriptionHtml'),
  )
}
