import { type Cue } from '../feed.ts'
import { decodeEntities } from '../html-entities.ts'
import { collapse, parseMilliseconds } from '../values.ts'

const HIDDEN = new Set(['script', 'style', 'head', 'title', 'template'])
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'code',
  'em',
  'i',
  'mark',
  'q',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
])

/** Reads a transcript in HTML: `<cite>Name:</cite> <time>1:02</time> <p>what is said</p>`. */
export function readHtml(html: string): Cue[] {
  const cues: Cue[] = []
  let speaker: string | null = null
  let startsMs: number | null = null
  let words = ''
  let hiddenBy: string | null = null

  const take = (): string => {
    const text = collapse(decodeEntities(words))
    words = ''
    return text
  }
  const say = (): void => {
    const text = take()
    if (text === '') return
    cues.push({ startsMs, endsMs: null, speaker, text })
    startsMs = null
  }

  for (const token of tokens(html)) {
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(token)
    const name = tag?.[2]?.toLowerCase()
    const closes = tag?.[1] === '/'
    if (hiddenBy !== null) {
      if (closes && name === hiddenBy) hiddenBy = null
    } else if (name === undefined) {
      if (!token.startsWith('<')) words += token
    } else if (HIDDEN.has(name)) {
      hiddenBy = closes ? null : name
    } else if (closes && name === 'cite') {
      speaker = take().replace(/\s*:$/, '') || null
    } else if (closes && name === 'time') {
      startsMs = parseMilliseconds(take().replace(/^[[(]|[\])]$/g, ''))
    } else if (!INLINE.has(name)) {
      say()
    }
  }
  say()
  return cues
}

/** Text and tags in turn, comments left out. Every step looks ahead once, so broken markup costs no more than good. */
function* tokens(html: string): Generator<string, void, undefined> {
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open !== at) yield html.slice(at, open === -1 ? undefined : open)
    if (open === -1) return
    const isComment = html.startsWith('<!--', open)
    const close = isComment ? html.indexOf('-->', open + 4) : html.indexOf('>', open)
    if (close === -1) return
    at = close + (isComment ? 3 : 1)
    if (!isComment) yield html.slice(open, at)
  }
}
