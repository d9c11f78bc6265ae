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
import { WEB_ADDRESS, WEB_ADDRESS_MESSAGE } from '../formats/index.ts'
import { rendered } from '../markup/index.ts'
import { SLUG, SLUG_MESSAGE, slugged } from '../slugs/index.ts'

/** What podcasts and episodes are about. */
export const Topic = schema('topics', {
  id: t.id(),
  name: t.string(),
  slug: t.string(),
  description: t.string().nullable(),
  descriptionHtml: t.string().nullable(),
  websiteUrl: t.string().nullable(),
  logoUrl: t.string().nullable(),
  lockVersion: t.integer().default(1),
  ...timestamps(),
})
export type Topic = Row<typeof Topic>

export function topicChangeset(topic: Topic, params: Params): Changeset<typeof Topic> {
  return check(
    cast(topic, params, ['name', 'slug', 'description', 'websiteUrl']),
    slugged('name', 'slug'),
    required('name', 'slug'),
    length('name', { max: 120 }),
    length('slug', { max: 90 }),
    format('slug', SLUG, SLUG_MESSAGE),
    format('websiteUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    rendered('description', 'descriptionHtml'),
    unique('slug'),
    asOpened,
  )
}
