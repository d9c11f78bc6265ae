const MOST_MENTIONS = 20

/** What names nobody: links, code, and every tag by itself. Safe on our own output only: the sanitiser closes what it opens. */
const NOT_SAID = '<(?:(a|code|pre)\\b[^>]*>.*?<\\/\\1|[^>]*)>'

/** Not within a word, an address or a path: `ada@example.com`, `@ada@elsewhere.example` and `@ada/parts` name nobody here. */
const BEFORE = '(?<![\\p{L}\\p{N}_@/.](?:<[^>]*>)*)'
const HANDLE = '([a-z0-9](?:[a-z0-9_-]{0,88}[a-z0-9])?)'
const AFTER = '(?!(?:[_-]|<[^>]*>)*[./:]?[\\p{L}\\p{N}@])'

const MENTION = new RegExp(`${NOT_SAID}|${BEFORE}@${HANDLE}${AFTER}`, 'gisu')

/** The handles that a comment names somebody by, in small letters, each once. */
export function handlesIn(html: string): readonly string[] {
  const handles = [...html.matchAll(MENTION)].flatMap(([, , handle]) => handle?.toLowerCase() ?? [])
  return [...new Set(handles)].slice(0, MOST_MENTIONS)
}

/** The HTML of a comment, in which whoever is named and has an address is a link to it. */
export function linkMentions(
  html: string,
  addressOf: (handle: string) => string | undefined,
): string {
  const addresses = new Map(handlesIn(html).map((handle) => [handle, addressOf(handle)]))
  return html.replace(MENTION, (said: string, _tag, handle: string | undefined) => {
    const address = handle && addresses.get(handle.toLowerCase())
    return address ? `<a href="${address}">${said}</a>` : said
  })
}
