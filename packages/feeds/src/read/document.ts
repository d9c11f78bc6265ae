import { SaxesParser, type SaxesTagNS } from 'saxes'
import { FeedError } from '../errors.ts'
import { ENTITIES } from '../html-entities.ts'
import { namespaceOf, prefixOf } from './namespaces.ts'
import { type Node } from './node.ts'

/** How much of a document is read before it is refused. */
export interface ReadLimits {
  /** 50 MB: the longest running daily shows reach about 20. */
  readonly bytes: number
  readonly items: number
  readonly elements: number
  readonly depth: number
  /** Characters inside one child of an item or of the channel. */
  readonly text: number
  readonly attributes: number
}

export const DEFAULT_LIMITS: ReadLimits = {
  bytes: 50_000_000,
  items: 20_000,
  elements: 1_000_000,
  depth: 60,
  text: 4_000_000,
  attributes: 200,
}

interface DocumentHandlers {
  /** One `<item>`, complete. It is dropped afterwards, so that a long feed needs little memory. */
  readonly item: (item: Node) => void
  readonly warn: (line: number, message: string) => void
}

/** Reads one RSS document, chunk by chunk: items are handed on as they end, `end()` gives the channel without them. */
export class RssDocument {
  readonly #parser = new SaxesParser({
    xmlns: true,
    resolvePrefix: (prefix: string) => this.#undeclared(prefix),
  })
  readonly #limits: ReadLimits
  readonly #handlers: DocumentHandlers
  readonly #open: Node[] = []
  readonly #undeclaredPrefixes = new Set<string>()
  #channel: Node | null = null
  #elements = 0
  #attributeCount = 0
  #items = 0
  #started = false
  #beginning = ''

  constructor(limits: ReadLimits, handlers: DocumentHandlers) {
    this.#limits = limits
    this.#handlers = handlers
    this.#parser.ENTITIES = ENTITIES
    this.#parser.on('error', (error) => this.#refuseMarkup(error))
    this.#parser.on('doctype', (doctype) => this.#doctype(doctype))
    this.#parser.on('opentagstart', () => (this.#attributeCount = 0))
    this.#parser.on('attribute', () => this.#countAttribute())
    this.#parser.on('opentag', (tag) => this.#openTag(tag))
    this.#parser.on('closetag', () => this.#closeTag())
    this.#parser.on('text', (text) => this.#text(text))
    this.#parser.on('cdata', (text) => this.#text(text))
  }

  write(text: string): void {
    this.#parser.write(this.#started ? text : this.#start(text))
  }

  end(): Node {
    if (!this.#started) throw new FeedError('empty', 'the document is empty')
    this.#parser.close()
    if (this.#channel === null) {
      throw this.#error(
        'not-a-feed',
        'this <rss> document has no <channel>, so there is no podcast in it',
      )
    }
    return this.#channel
  }

  /** Passes over blank lines before the XML declaration, and says what a document is that is not even XML. */
  #start(text: string): string {
    const start = text.trimStart().replace(/^\ufeff\s*/, '')
    this.#parser.line += text.slice(0, text.length - start.length).split('\n').length - 1
    if (start === '') return start
    this.#started = true
    this.#beginning = start
    // XML knows no lower-case doctype, and would call the commonest beginning of a web page a syntax error.
    if (/^<!doctype\s+html/i.test(start)) throw this.#webPage()
    if (start.startsWith('<')) return start
    const what = /^[[{]/.test(start)
      ? 'JSON'
      : `text that begins with ${JSON.stringify(start.slice(0, 20))}`
    throw this.#error('not-a-feed', `this is ${what}, not an RSS feed`)
  }

  #openTag(tag: SaxesTagNS): void {
    this.#elements += 1
    const { elements, depth } = this.#limits
    if (this.#elements > elements) this.#tooLarge(`has more than ${count(elements)} elements`)
    if (this.#open.length >= depth) this.#tooLarge(`nests elements more than ${depth} deep`)

    const node = this.#node(tag)
    const [root] = this.#open
    if (root === undefined) this.#checkRoot(tag)
    if (this.#open.length === 1 && node.name === 'channel') this.#channel ??= node
    this.#open.push(node)
  }

  #node(tag: SaxesTagNS): Node {
    const prefix = prefixOf(tag.uri)
    const local = tag.local.toLowerCase()
    const name = prefix === null ? `?:${local}` : prefix === '' ? local : `${prefix}:${local}`
    return {
      name,
      attributes: this.#attributes(tag),
      text: '',
      children: [],
      line: this.#parser.line,
    }
  }

  #attributes(tag: SaxesTagNS): Record<string, string> {
    const own: Record<string, string> = Object.create(null)
    for (const { prefix, local, value } of Object.values(tag.attributes)) {
      if (prefix === '') own[local.toLowerCase()] = value
    }
    return own
  }

  #countAttribute(): void {
    this.#attributeCount += 1
    const { attributes } = this.#limits
    if (this.#attributeCount > attributes) {
      this.#tooLarge(`gives one element more than ${attributes} attributes`)
    }
  }

  #closeTag(): void {
    const node = this.#open.pop()
    const parent = this.#open.at(-1)
    if (node === undefined || parent === undefined) return
    if (parent === this.#channel && node.name === 'item') {
      this.#item(node)
    } else if (!node.name.startsWith('?:')) {
      parent.children.push(node)
      if (!holdsFields(parent)) this.#append(parent, node.text)
    }
  }

  #item(node: Node): void {
    this.#items += 1
    if (this.#items > this.#limits.items) {
      this.#tooLarge(`has more than ${count(this.#limits.items)} items`)
    }
    this.#handlers.item(node)
  }

  #text(text: string): void {
    const node = this.#open.at(-1)
    if (node !== undefined && !holdsFields(node)) this.#append(node, text)
  }

  #append(node: Node, text: string): void {
    if (node.text.length + text.length > this.#limits.text) {
      this.#tooLarge(`has more than ${count(this.#limits.text)} characters in one <${node.name}>`)
    }
    node.text += text
  }

  /** An RSS 0.91 feed may carry the DOCTYPE of its time; nothing is ever loaded from one, and entities are refused. */
  #doctype(doctype: string): void {
    if (/^\s*html\b/i.test(doctype)) throw this.#webPage()
    if (/<!ENTITY/i.test(doctype) || doctype.includes('[')) {
      throw this.#error(
        'forbidden-markup',
        'the document declares entities of its own (<!DOCTYPE … [ … ]>), which can be used to attack a reader; ' +
          'feeds have no need of them, so it was not read',
      )
    }
    this.#handlers.warn(this.#parser.line, 'the DOCTYPE was ignored; nothing was loaded from it')
  }

  #checkRoot(tag: SaxesTagNS): void {
    const name = tag.local.toLowerCase()
    if (name === 'rss') return
    if (name === 'html') throw this.#webPage()
    const kinds: Readonly<Record<string, string>> = {
      feed: 'an Atom feed; podcasts are published as RSS 2.0, and most sites with an Atom feed have an RSS one too',
      rdf: 'an RSS 1.0 (RDF) feed, which cannot carry a podcast; look for the RSS 2.0 feed',
      opml: 'an OPML list of feeds; import one of the feeds it lists',
      urlset: 'a sitemap, not a feed',
      sitemapindex: 'a sitemap, not a feed',
    }
    const kind = kinds[name] ?? `an XML document of another kind (<${tag.name}>), not an RSS feed`
    throw this.#error('not-a-feed', `this is ${kind}`)
  }

  #webPage(): FeedError {
    const named = feedLinkIn(this.#beginning)
    const hint = named === null ? '' : `; the page names this feed: ${named}`
    return this.#error('not-a-feed', `this is a web page (HTML), not a feed${hint}`)
  }

  #undeclared(prefix: string): string {
    if (prefix === '') return ''
    if (!this.#undeclaredPrefixes.has(prefix)) {
      this.#undeclaredPrefixes.add(prefix)
      this.#handlers.warn(this.#parser.line, `the prefix "${prefix}:" is used but not declared`)
    }
    return namespaceOf(prefix)
  }

  #refuseMarkup(error: Error): never {
    const what = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
    const inside = this.#open.at(-1)
    const where = inside ? ` in the <${inside.name}> that begins in line ${inside.line}` : ''
    // The parser notices a bare "&" only at the next ";", or at the end of the document.
    const bare = `an "&" that stands for itself must be written "&amp;"`
    if (/^unclosed tag|^unexpected end|^document must contain/.test(what)) {
      const message = `the document breaks off${where}, or there is broken markup there; ${bare}`
      throw this.#error('not-well-formed', message, error)
    }
    const hint = what.includes('entity') ? `; ${bare}` : ''
    throw this.#error(
      'not-well-formed',
      `the document is not well-formed XML: ${what}${where}${hint}`,
      error,
    )
  }

  #tooLarge(what: string): never {
    throw this.#error('too-large', `the feed ${what}, more than is read here`)
  }

  #error(code: FeedError['code'], message: string, cause?: Error): FeedError {
    const place = { line: this.#parser.line, column: this.#parser.column + 1 }
    if (code === 'not-a-feed') return new FeedError(code, message, { place, cause })
    const where = `(line ${place.line}, column ${place.column})`
    return new FeedError(code, `${message} ${where}`, { place, cause })
  }
}

/** The feed a web page points to in its head. */
function feedLinkIn(html: string): string | null {
  for (const [link] of html.matchAll(/<link\s[^>]{1,1000}>/gi)) {
    if (/type\s*=\s*["']?application\/rss\+xml/i.test(link)) {
      return /href\s*=\s*["']?([^"'\s>]+)/i.exec(link)?.[1] ?? null
    }
  }
  return null
}

/** Where text has no meaning, and would be a second copy of everything inside. */
function holdsFields({ name }: Node): boolean {
  return name === 'rss' || name === 'channel' || name === 'item' || name === 'podcast:liveitem'
}

function count(number: number): string {
  return number.toLocaleString('en')
}
