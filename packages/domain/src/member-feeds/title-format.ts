/** What may stand in a title format. */
export const PLACEHOLDERS = ['title', 'subtitle', 'podcast', 'number'] as const
type Placeholder = (typeof PLACEHOLDERS)[number]

const IN_BRACES = /\{([^{}]*)\}/g
/** What only held two parts together, of which one is not there. */
const LEFT_OVER = /^[\s:;,.|/·–—-]+|[\s:;,|/·–—-]+$/g
const BEFORE_SIGN = /\s+([:;,])/g
const EMPTY_BRACKETS = /\(\s*#?\s*\)|\[\s*#?\s*\]/g
const ALONE = /(^|\s)#(?=\s|[:;,|·–—-]|$)/g

/** What is wrong with a title format, each to follow its name. */
export function formatProblems(format: string): readonly string[] {
  const named = Array.from(format.matchAll(IN_BRACES), ([, name = '']) => name)
  const unknown = named.find((name) => !isPlaceholder(name))
  if (unknown !== undefined) {
    return [`has “{${unknown}}”: it can have {title}, {subtitle}, {podcast} and {number}`]
  }
  return named.includes('title') ? [] : ['needs {title}, or nobody could tell episodes apart']
}

/** The title of an episode in this format. What an episode does not have leaves no trace of its place. */
export function formattedTitle(
  format: string | null,
  words: Readonly<Record<Placeholder, string | null>>,
): string {
  if (format === null) return words.title ?? ''
  const isWhole = PLACEHOLDERS.every(
    (name) => isThere(words[name]) || !format.includes(`{${name}}`),
  )
  const kept = isWhole ? format : withoutPlacesOf(format, words)
  const title = kept.replaceAll(IN_BRACES, (whole, name: string) =>
    isPlaceholder(name) ? (words[name] ?? '') : whole,
  )
  return title.replaceAll(/\s+/g, ' ').trim()
}

/** The words stay as they are: only what the format has between them is tidied. */
function withoutPlacesOf(
  format: string,
  words: Readonly<Record<Placeholder, string | null>>,
): string {
  return format
    .replaceAll(IN_BRACES, (whole, name: string) =>
      isPlaceholder(name) && !isThere(words[name]) ? '' : whole,
    )
    .replaceAll(EMPTY_BRACKETS, '')
    .replaceAll(ALONE, '$1')
    .replaceAll(BEFORE_SIGN, '$1')
    .replaceAll(LEFT_OVER, '')
}

function isThere(text: string | null): boolean {
  return text !== null && text.trim() !== ''
}

function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name)
}
