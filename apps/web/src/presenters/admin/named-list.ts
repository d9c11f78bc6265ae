import { type InUse } from '@showrunner/domain/lists'
import { type ListRow } from './list-page.ts'

/** Something with a name and, made from it, its part of an address: a topic, a sponsor, a source. */
type Named = InUse<{ readonly id: number; readonly name: string; readonly slug: string }>

/** Columns of a list of what has a name, the last of which says how many of these use it. */
export function namedColumns(users: string) {
  return [{ title: 'Name', sort: 'name' }, { title: 'Slug' }, { title: users, isNumber: true }]
}

export function namedRow(
  { id, name, slug, uses }: Named,
  href: string,
  picture: string | null = null,
): ListRow {
  const cells = [slug, uses.toLocaleString('en')]
  return { id, href, title: name, subtitle: null, picture, badge: null, cells }
}

/** What the field of such a slug says. */
export const SLUG_OF_NAME = {
  label: 'Slug',
  width: 'short',
  help: 'Its part of the address. Left empty it is made from the name.',
} as const
