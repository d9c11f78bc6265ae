import { parseDocument } from 'htmlparser2'

/**
 * A part of a page that is other than before: an element that keeps its id, and how it is now; what is new before or after
 * one; one that is there no longer.
 */
export interface ChangedPart {
  readonly kind: 'morph' | 'before' | 'after' | 'remove'
  readonly id: string
  readonly html: string
}

/**
 * What changed from one version of a page to the next: the smallest elements with an id that hold every difference in the
 * body, and the title; of lists of elements that all have an id, those that came and went. `undefined` when a difference is in none of them, and the page has to be fetched anew.
 * Elements marked `data-turbo-permanent` stay as they are in the browser, so they are not compared.
 */
export function changedParts(before: string, after: string): PageChange | undefined {
  const was = read(before)
  const is = read(after)
  if (!was.body || !is.body) return undefined
  const parts = new Comparison(was.body, is.body).parts()
  if (parts === 'here') return undefined
  // What goes does so first, as what comes may stand in its place.
  const [gone, others] = [true, false].map((isGone) =>
    parts.filter(({ kind }) => (kind === 'remove') === isGone),
  )
  return {
    title: was.title === is.title ? undefined : is.title,
    parts: [...(gone ?? []), ...(others ?? [])],
  }
}

export interface PageChange {
  /** The new title, if there is one. */
  readonly title: string | undefined
  readonly parts: readonly ChangedPart[]
}

/** An element, with where it stands in the source: what is the same there need not be looked into. */
interface Element {
  /** Of the whole of it, and of its start tag. */
  readonly html: string
  readonly tag: string
  readonly id: string | undefined
  readonly isPermanent: boolean
  /** Texts are what they say; blanks between elements are left out. */
  readonly children: readonly (Element | string)[]
}

type Differences = readonly ChangedPart[] | 'here'

interface Identified extends Element {
  readonly id: string
}

class Comparison {
  readonly #was: Element
  readonly #is: Element
  #ids: { readonly was: ReadonlySet<string>; readonly is: ReadonlySet<string> } | undefined

  constructor(was: Element, is: Element) {
    this.#was = was
    this.#is = is
  }

  parts(): Differences {
    return this.#between(this.#was, this.#is)
  }

  #between(was: Element, is: Element): Differences {
    if (was.html === is.html || (was.isPermanent && was.id === is.id)) return []
    const within = was.tag === is.tag ? this.#among(was.children, is.children) : 'here'
    if (within !== 'here') return within
    if (is.id === undefined || is.id !== was.id) return 'here'
    return [{ kind: 'morph', id: is.id, html: is.html }]
  }

  #among(was: Element['children'], is: Element['children']): Differences {
    if (areIdentified(was) && areIdentified(is)) return this.#amongItems(was, is)
    if (was.length !== is.length) return 'here'
    const all: ChangedPart[] = []
    for (const [at, child] of is.entries()) {
      const before = was[at]
      if (typeof child === 'string' || typeof before === 'string' || !before) {
        if (child !== before) return 'here'
        continue
      }
      const found = this.#between(before, child)
      if (found === 'here') return 'here'
      all.push(...found)
    }
    return all
  }

  #amongItems(was: readonly Identified[], is: readonly Identified[]): Differences {
    const before = new Map(was.map((item) => [item.id, item]))
    const now = new Set(is.map(({ id }) => id))
    const stayed = was.filter(({ id }) => now.has(id)).map(({ id }) => id)
    const inOrder = is.filter(({ id }) => before.has(id))
    const isInOrder = inOrder.every(({ id }, at) => id === stayed[at])
    const gone = was.filter(({ id }) => !now.has(id))
    const come = is.filter(({ id }) => !before.has(id))
    if (!isInOrder || (inOrder.length === 0 && is.length + was.length > 0)) return 'here'
    if (this.#haveMoved(gone, come)) return 'here'

    const all: ChangedPart[] = gone.map(({ id }) => ({ kind: 'remove', id, html: '' }))
    for (const item of inOrder) {
      const found = this.#between(before.get(item.id) ?? item, item)
      if (found === 'here') return 'here'
      all.push(...found)
    }
    return [...all, ...added(is, before)]
  }

  /** What is elsewhere in the other version can be found by its id no longer. */
  #haveMoved(gone: readonly Identified[], come: readonly Identified[]): boolean {
    if (gone.length + come.length === 0) return false
    this.#ids ??= { was: idsIn(this.#was), is: idsIn(this.#is) }
    const { was, is } = this.#ids
    return (
      gone.some((item) => [...idsIn(item)].some((id) => is.has(id))) ||
      come.some((item) => [...idsIn(item)].some((id) => was.has(id)))
    )
  }
}

/** What is new in a list, put before what follows; what is last, after what is before. */
function added(
  is: readonly Identified[],
  before: ReadonlyMap<string, Element>,
): readonly ChangedPart[] {
  const all: ChangedPart[] = []
  let [html, last] = ['', '']
  for (const item of is) {
    if (!before.has(item.id)) {
      html += item.html
      continue
    }
    if (html !== '') all.push({ kind: 'before', id: item.id, html })
    html = ''
    last = item.id
  }
  return html === '' ? all : [...all, { kind: 'after', id: last, html }]
}

function areIdentified(children: Element['children']): children is readonly Identified[] {
  const ids = children.map((child) => (typeof child === 'string' ? undefined : child.id))
  return !ids.includes(undefined) && new Set(ids).size === ids.length
}

function idsIn({ id, children }: Element, ids: Set<string> = new Set()): ReadonlySet<string> {
  if (id !== undefined) ids.add(id)
  for (const child of children) if (typeof child !== 'string') idsIn(child, ids)
  return ids
}

type Node = ReturnType<typeof parseDocument>['children'][number]

function read(html: string): { title: string | undefined; body: Element | undefined } {
  const { children } = parseDocument(html, { withStartIndices: true, withEndIndices: true })
  const root = children.find((node) => 'name' in node && node.name === 'html')
  const inRoot = root && 'children' in root ? root.children : []
  const named = (name: string) => inRoot.find((node) => 'name' in node && node.name === name)
  const [head, body] = [named('head'), named('body')]
  return {
    title: head && titleOf(head),
    body: body && elementOf(html, body),
  }
}

function titleOf(head: Node): string | undefined {
  const title =
    'children' in head && head.children.find((node) => 'name' in node && node.name === 'title')
  if (!title || !('children' in title)) return undefined
  return title.children.map((node) => ('data' in node ? node.data : '')).join('')
}

function elementOf(html: string, node: Node): Element {
  const children = 'children' in node ? node.children : []
  const attributes = 'attribs' in node ? node.attribs : {}
  const start = node.startIndex ?? 0
  return {
    html: html.slice(start, (node.endIndex ?? html.length) + 1),
    tag: html.slice(start, children[0]?.startIndex ?? (node.endIndex ?? html.length) + 1),
    id: attributes['id'],
    isPermanent: 'data-turbo-permanent' in attributes,
    children: children.flatMap((child): (Element | string)[] => {
      if ('name' in child) return [elementOf(html, child)]
      const text = 'data' in child ? child.data : ''
      return text.trim() === '' ? [] : [text]
    }),
  }
}
