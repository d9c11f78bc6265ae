import { markdownToHtml } from './markdown.ts'
import { type Around, sanitise } from './sanitise.ts'

/** The HTML shown for a source: Markdown in which HTML may stand, sanitised. Null when there is nothing to show. */
export function renderMarkup(source: string | null, around?: Around): string | null {
  if (source === null || source.trim() === '') return null
  return sanitise(markdownToHtml(source), around).trim() || null
}

/**
 * The same HTML with this site's own addresses written out in full, for readers elsewhere: moments of a sound are on its page,
 * whose full address that is.
 */
export function withFullAddresses(html: string, publicUrl: string, page?: string): string {
  const origin = publicUrl.replace(/\/+$/, '')
  // Safe on our own output only: the sanitiser writes every attribute in double quotes.
  const full = html.replace(/ (href|src)="\/(?!\/)/g, ` $1="${origin}/`)
  return page === undefined ? full : full.replaceAll(' href="#t=', () => ` href="${page}#t=`)
}
