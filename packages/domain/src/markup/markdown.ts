import MarkdownIt from 'markdown-it'

// No indented code: HTML that a feed brings is often indented, and would turn into listings.
const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false }).disable('code')
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

const HTML_DOCUMENT =
  /^\s*<(?:p|div|h[1-6]|ul|ol|dl|table|blockquote|figure|section|article)\b[^]*>\s*$/i

/** HTML of Markdown in which HTML may stand. Not sanitised. */
export function markdownToHtml(source: string): string {
  return HTML_DOCUMENT.test(source) ? source : markdown.render(source)
}
