import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html'
import { shallow } from './shallow.ts'

const TEXT = [
  'a',
  'abbr',
  'b',
  'br',
  'cite',
  'code',
  'del',
  'em',
  'i',
  'ins',
  'kbd',
  'mark',
  'q',
  's',
]
const MORE_TEXT = ['samp', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'u', 'var']
const BLOCKS = [
  'blockquote',
  'details',
  'div',
  'dd',
  'dl',
  'dt',
  'figcaption',
  'figure',
  'h2',
  'h3',
]
const MORE_BLOCKS = ['h4', 'h5', 'h6', 'hr', 'img', 'li', 'ol', 'p', 'pre', 'summary', 'ul']
const TABLES = ['caption', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr']

const SCHEMES = ['http:', 'https:', 'mailto:']

/** What a link may say of itself; `noopener` is added to every one. */
const LINK_RELATIONS = ['author', 'license', 'me', 'nofollow', 'payment', 'sponsored', 'ugc']

/** What is known of a text besides its words. */
export interface Around {
  /** The page it came from: its relative addresses are taken from there. */
  readonly base?: string | undefined
  /** Whether it stands beside a sound: links to moments of that, `#t=1:02:03`, are kept. */
  readonly moments?: boolean | undefined
}

/** As the player understands it: `#t=3723`, `#t=1:02:03.5`, `#t=1h2m3s`. Nothing else can stand in one. */
const MOMENT =
  /^#t=(?:\d{1,6}(?::\d{1,2}){0,2}(?:\.\d{1,3})?|(?=\d)(?:\d{1,3}h)?(?:\d{1,4}m)?(?:\d{1,6}s)?)$/i

/**
 * HTML with nothing in it that acts, styles or breaks out: the tags and attributes on the list above, links to
 * http, https and mailto, pictures by https or from this site. Headings start at `h2`: the page has its title.
 */
export function sanitise(html: string, around: Around = {}): string {
  return sanitizeHtml(shallow(html), {
    ...RULES,
    transformTags: {
      h1: 'h2',
      a: (_name, attributes) => link(attributes, around),
      img: (_name, attributes) => picture(attributes, around),
      // Wide lines scroll, and who has no mouse scrolls what can be focused.
      pre: () => ({ tagName: 'pre', attribs: { tabindex: '0' } }),
    },
  })
}

const RULES: IOptions = {
  allowedTags: [...TEXT, ...MORE_TEXT, ...BLOCKS, ...MORE_BLOCKS, ...TABLES],
  allowedAttributes: {
    a: ['href', 'rel', 'title'],
    abbr: ['title'],
    img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
    ol: ['start', 'reversed', 'type'],
    pre: ['tabindex'],
    li: ['value'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan', 'scope'],
    time: ['datetime'],
    details: ['open'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  nestingLimit: 60,
  exclusiveFilter: ({ tag, attribs, text, mediaChildren }) => {
    if (tag === 'img') return !attribs.src
    // Nobody can see where it is, and who hears the page is told only its address.
    return tag === 'a' && text.trim() === '' && mediaChildren.length === 0 && 'excludeTag'
  },
}

function link(attributes: Attributes, { base, moments = false }: Around): Tag {
  const { href, rel = '', ...rest } = attributes
  const moment = href?.trim() ?? ''
  if (moments && MOMENT.test(moment)) return { tagName: 'a', attribs: { href: moment, ...rest } }
  const address = absolute(href, base)
  if (address === undefined) return { tagName: 'a', attribs: rest }
  const relations = rel.split(/\s+/).filter((word) => LINK_RELATIONS.includes(word))
  return {
    tagName: 'a',
    attribs: { href: address, ...rest, rel: [...relations, 'noopener'].join(' ') },
  }
}

function picture(attributes: Attributes, { base }: Around): Tag {
  const { src, ...rest } = attributes
  const address = absolute(src, base)
  const found = address === undefined ? {} : { src: address }
  return { tagName: 'img', attribs: { ...found, alt: '', ...rest, loading: 'lazy' } }
}

/** An address with its host, or from the root of this site; undefined for what is neither. */
function absolute(address: string | undefined, base: string | undefined): string | undefined {
  const trimmed = address?.trim() ?? ''
  if (base === undefined && /^\/(?![/\\])/.test(trimmed)) return trimmed
  const url = URL.parse(trimmed.startsWith('//') ? `https:${trimmed}` : trimmed, base)
  return url !== null && SCHEMES.includes(url.protocol) ? url.href : undefined
}
