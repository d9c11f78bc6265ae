import MarkdownIt from 'markdown-it'
import { sanitise } from './sanitise.ts'

// Pictures would be fetched from anywhere by whoever reads, and headings belong to the page.
const talk = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable([
  'image',
  'heading',
  'lheading',
  'hr',
  'table',
  'code',
  'reference',
])
talk.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

/** So deep quotes and lists lie in each other, and no deeper. */
talk.set({ maxNesting: 20 })

/**
 * The HTML shown for what anybody may write: Markdown in which no HTML stands, without pictures and headings; its links are
 * the writers' own and say so. Null when there is nothing to show.
 */
export function renderTalk(source: string): string | null {
  const html = sanitise(talk.render(source)).trim()
  return html.replaceAll(' rel="noopener"', ' rel="ugc nofollow noopener"') || null
}
