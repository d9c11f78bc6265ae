/** The prefixes we read by, whatever prefix a feed binds to the namespace. */
const KNOWN: readonly (readonly [pattern: RegExp, prefix: string])[] = [
  [/^www\.itunes\.com\/dtds\/podcast-1\.0\.dtd$/, 'itunes'],
  // Feeds were published under several spellings before the namespace had a stable address.
  [/^(github\.com\/podcastindex-org\/podcast-namespace|podcastindex\.org\/namespace)/, 'podcast'],
  [/^purl\.org\/rss\/1\.0\/modules\/content$/, 'content'],
  [/^www\.w3\.org\/2005\/atom$/, 'atom'],
  [/^podlove\.org\/simple-chapters/, 'psc'],
  [/^purl\.org\/dc\/elements\/1\.1$/, 'dc'],
  [/^www\.google\.com\/schemas\/play-podcasts\/1\.0/, 'googleplay'],
  [/^backend\.userland\.com\/(rss|blogchannelmodule)/, ''],
]

const DEFAULTS: Readonly<Record<string, string>> = {
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  podcast: 'https://podcastindex.org/namespace/1.0',
  content: 'http://purl.org/rss/1.0/modules/content/',
  atom: 'http://www.w3.org/2005/Atom',
  psc: 'http://podlove.org/simple-chapters',
  dc: 'http://purl.org/dc/elements/1.1/',
  googleplay: 'http://www.google.com/schemas/play-podcasts/1.0',
}

const prefixes = new Map<string, string | null>([['', '']])
const REMEMBERED = 200

/** The prefix we read a namespace by; `''` is RSS itself, null a namespace we do not read. */
export function prefixOf(uri: string): string | null {
  const known = prefixes.get(uri)
  if (known !== undefined) return known

  const bare = uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
  const prefix = KNOWN.find(([pattern]) => pattern.test(bare))?.[1] ?? null
  if (prefixes.size < REMEMBERED) prefixes.set(uri, prefix)
  return prefix
}

/** The namespace a feed surely means by a prefix it forgot to declare. */
export function namespaceOf(prefix: string): string {
  return DEFAULTS[prefix] ?? `undeclared:${prefix}`
}
