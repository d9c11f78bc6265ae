import { type FeedItem } from '@showrunner/feeds'
import { plainText, textToHtml } from '../markup/index.ts'

const SHORT_SUMMARY = 300
const LONGEST_SUMMARY = 4000

/** What a one-paragraph description may be at most to serve as summary and notes at once. */
const ENOUGH_FOR_BOTH = 500

type Said = Pick<FeedItem, 'description' | 'summary' | 'contentHtml'>

interface Words {
  /** Plain text. */
  readonly summary: string | null
  /** As the changeset takes them: Markdown in which HTML may stand. */
  readonly notes: string | null
}

/** An item's summary and notes, which feeds put into three elements, often the same words in all of them. */
export function wordsOf(item: Said): Words {
  const described = item.description ?? item.summary ?? item.contentHtml
  if (described === null) return { summary: null, notes: null }
  const words = wordsIn(described)
  const source = item.contentHtml ?? described
  if (item.contentHtml === null && isPlain(source) && words.length <= ENOUGH_FOR_BOTH) {
    return { summary: words || null, notes: null }
  }
  const same = item.contentHtml === null || wordsIn(item.contentHtml) === words
  const summary = same ? firstParagraph(words, SHORT_SUMMARY) : cut(words, LONGEST_SUMMARY)
  return { summary: summary || null, notes: asMarkup(source) }
}

/** A description as the changeset takes it, shown as it was meant: nothing in it is taken for Markdown. */
export function asMarkup(text: string): string {
  if (!isHtml(text))
    return isPlain(text) && !/[*_#`|~\\]|^\s*(?:\d+[.)]|[-+])\s/.test(text)
      ? text.trim()
      : textToHtml(text)
  return /^\s*<(?:p|div|h[1-6]|[uod]l|table|blockquote|figure|section|article)\b/i.test(text) &&
    text.trimEnd().endsWith('>')
    ? text.trim()
    : `<div>${text.trim()}</div>`
}

function wordsIn(text: string): string {
  return isHtml(text)
    ? plainText(text)
    : text
        .replace(/[^\S\n]+/g, ' ')
        .replace(/ ?\n\s*/g, '\n')
        .trim()
}

function isHtml(text: string): boolean {
  return /<\/?[a-z][^<>]*>|&(?:[a-z]+|#\d+);/i.test(text)
}

/** One paragraph without markup or links. */
function isPlain(text: string): boolean {
  return !isHtml(text) && !/\n|https?:\/\//.test(text.trim())
}

function firstParagraph(words: string, most: number): string {
  const [first = ''] = words.split('\n', 1)
  return cut(first, most)
}

/** Not longer than so many signs, with an ellipsis for what is missing. */
export function cut(words: string, most: number): string {
  if (words.length <= most) return words
  const end = words.lastIndexOf(' ', most)
  return `${words.slice(0, end > 0 ? end : most)}…`
}
