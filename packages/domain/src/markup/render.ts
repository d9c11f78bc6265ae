import { markdownToHtml } from './markdown.ts'
import { sanitise } from './sanitise.ts'

/**
 * The HTML shown for a source: Markdown in which HTML may stand, sanitised. Null when there is nothing to show.
 * Relative links are taken from `base` where it is known (the page an imported text came from).
 */
export function renderMarkup(source: string | null, base?: string): string | null {
  if (source === null || source.trim() === '') return null
  return sanitise(markdownToHtml(source), base).trim() || null
}

/** The same HTML with this site's own addresses written out in full, for readers elsewhere. */
export function withFullAddresses(html: string, publicUrl: string): string {
  const origin = publicUrl.replace(/\/+$/, '')
  // Safe on our own output only: the sanitiser writes every attribute in double quotes.
  return html.replace(/ (href|src)="\/(?!\/)/g, ` $1="${origin}/`)
}
