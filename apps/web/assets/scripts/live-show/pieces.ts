const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi
/** What ends a sentence, and not an address. */
const AFTER = /[.,:;!?…]+$/

export type Piece = { readonly text: string; readonly href?: string }

/** What somebody wrote, with the web addresses in it: everything else is text, whatever it looks like. */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = []
  let from = 0
  for (const { 0: match, index } of text.matchAll(ADDRESS)) {
    const address = trimmed(match)
    const href = URL.parse(address)?.href
    if (href === undefined) continue
    if (index > from) found.push({ text: text.slice(from, index) })
    found.push({ text: address, href })
    from = index + address.length
  }
  if (from < text.length) found.push({ text: text.slice(from) })
  return found
}

/** A bracket at the end belongs to the address only if it was opened in it. */
function trimmed(address: string): string {
  const bare = address.replace(AFTER, '')
  const isOpened = bare.includes('(')
  return bare.endsWith(')') && !isOpened ? trimmed(bare.slice(0, -1)) : bare
}
