import sanitizeHtml from 'sanitize-html'
import { shallow } from './shallow.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
}

/** The words of some HTML, paragraphs and list items on lines of their own. */
export function plainText(html: string): string {
  const lines = shallow(html)
    .replace(/\s+/g, ' ')
    .replace(/<br\s*\/?>|<\/(?:p|div|h[1-6]|li|tr|dt|dd|blockquote|pre|ul|ol)\s*>/gi, '$&\n')
  const words = sanitizeHtml(lines, { allowedTags: [], allowedAttributes: {} })
  return words
    .replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim()
}

/** The words of sanitised HTML for a plain mail: after each link where it leads, and for a picture what it shows. */
export function textWithAddresses(html: string): string {
  // Safe on our own output only: the sanitiser writes every attribute in double quotes, and nests no links.
  const told = html
    .replace(/<img\b[^>]*?\balt="([^"]+)"[^>]*>/g, '[$1]')
    .replace(
      /<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gs,
      (_link, address: string, words: string) =>
        words === address ? address : `${words} (${address})`,
    )
  return plainText(told)
}

/** Text as HTML that shows it as it stands: paragraphs at empty lines, breaks at the others. */
export function textToHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').trim()
  const paragraphs = escaped.split(/\n\s*\n/).map((paragraph) => {
    return paragraph
      .split('\n')
      .map((line) => line.trim())
      .join('<br>\n')
  })
  return paragraphs.map((paragraph) => `<p>${linked(paragraph)}</p>`).join('\n')
}

function linked(escaped: string): string {
  return escaped.replace(
    /https?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]]/g,
    (url) => `<a href="${url}">${url}</a>`,
  )
}
