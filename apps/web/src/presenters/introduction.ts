import { type Podcast } from '@showrunner/domain/podcasts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { openAlike } from './excerpts.ts'

/** What stands below the name of a show: a line set large, a text set small, or both. */
export interface Introduction {
  readonly subtitle: string | null
  readonly descriptionHtml: SafeHtml | null
}

/** A description no longer than this can be set large. */
const ONE_LINE = 160

/** More than a paragraph of words: a link or an emphasis is lost when only the text is set. */
const MARKED_UP = /<(?!\/?p>)/

/** Most feeds say the same twice, as subtitle and as description; a page says it once. */
export function introduction({
  subtitle,
  description,
  descriptionHtml,
}: Pick<Podcast, 'subtitle' | 'description' | 'descriptionHtml'>): Introduction {
  // Sanitised by the domain when the description was saved.
  const html = descriptionHtml ? safeHtml(descriptionHtml) : null
  const text = (description ?? '').replaceAll(/<[^>]*>/g, ' ').trim()

  if (subtitle && !openAlike(subtitle, text)) return { subtitle, descriptionHtml: html }
  if (subtitle && text.length <= Math.max(ONE_LINE, subtitle.length)) {
    return { subtitle, descriptionHtml: null }
  }
  if (text && text.length <= ONE_LINE && !MARKED_UP.test(descriptionHtml ?? '')) {
    return { subtitle: text, descriptionHtml: null }
  }

  return { subtitle: null, descriptionHtml: html }
}
