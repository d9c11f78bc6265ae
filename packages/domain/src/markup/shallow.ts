const DEEPEST = 200

const TAG = /<(\/?)([a-z][a-z0-9]*)[^<>]*>/gi

/** Never closed, or closed by the next one: they lie beside each other, not in each other. */
const FLAT = 'area base br col embed hr img input link meta p param source track wbr'.split(' ')

/**
 * The HTML as it is, or without its tags where they lie deeper in each other than any text needs: the time to parse
 * grows with the square of the depth, and half a megabyte of `<b>` would take minutes.
 */
export function shallow(html: string): string {
  let depth = 0
  for (const [, closing, name = ''] of html.matchAll(TAG)) {
    if (FLAT.includes(name.toLowerCase())) continue
    depth = Math.max(0, depth + (closing ? -1 : 1))
    if (depth > DEEPEST) return html.replace(/<[^<>]*>?/g, ' ')
  }
  return html
}
