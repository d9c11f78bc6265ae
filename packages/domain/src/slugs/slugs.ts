import slugify from '@sindresorhus/slugify'

const LONGEST = 80

/** What stands in an address: the database holds every slug and handle to it. */
export const SLUG = /^[a-z0-9][a-z0-9_-]*$/
export const SLUG_MESSAGE = 'can only contain lower-case letters, numbers, dashes and underscores'

/**
 * The slug of a title: ASCII, lower case, cut between words at 80 characters. Empty when the title has nothing
 * that can be written that way (a title in Chinese), so that the caller says what to use instead.
 */
export function slugOf(title: string): string {
  const slug = slugify(title, { decamelize: false, customReplacements: [['&', ' and ']] })
  if (slug.length <= LONGEST) return slug
  const cut = slug.lastIndexOf('-', LONGEST)
  return slug.slice(0, cut > 0 ? cut : LONGEST)
}

/** The first of `slug`, `slug-2`, `slug-3` … that nobody has. */
export function freeSlug(slug: string, taken: (slug: string) => boolean): string {
  if (!taken(slug)) return slug
  for (let count = 2; ; count += 1) {
    const next = `${slug}-${count}`
    if (!taken(next)) return next
  }
}
