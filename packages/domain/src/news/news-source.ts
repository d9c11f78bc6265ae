import {
  cast,
  check,
  format,
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

/** Who reports what the network points to: a paper, a blog, a project. */
export const NewsSource = schema('news_sources', {
  id: t.id(),
  name: t.string(),
  slug: t.string(),
  websiteUrl: t.string(),
  description: t.string().nullable(),
  descriptionHtml: t.string().nullable(),
  iconUrl: t.string().nullable(),
  lockVersion: t.integer().default(1),
  ...timestamps(),
})
export type NewsSource = Row<typeof NewsSource>

export function newsSourceChangeset(
  source: NewsSource,
  params: Params,
): Changeset<typeof NewsSource> {
  return check(
    cast(source, params, ['name', 'slug', 'websiteUrl', 'description', 'iconUrl']),
    slugged('name', 'slug'),
    required('name', 'slug', 'websiteUrl'),
    length('name', { max: 120 }),
    length('slug', { max: 90 }),
    length('websiteUrl', { max: 2000 }),
    length('description', { max: 20_000 }),
    format('slug', SLUG, SLUG_MESSAGE),
    format('websiteUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('iconUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    rendered('description', 'descriptionHtml'),
    unique('slug'),
    asOpened,
  )
}
