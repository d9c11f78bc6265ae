import { parseDocument } from 'htmlparser2'

/** A part of a page that is other than before: an element that keeps its id, and how it is now. */
export interface ChangedPart {
  readonly id: string
  readonly html: string
}

/**
 * What changed from one version of a page to the next: the smallest elements with an id that hold every difference in the
 * body, and the title. `undefined` when a difference is in none of them, and the page has to be fetched anew.
 * Elements marked `data-turbo-permanent` stay as they are in the browser, so they are not compared.
 */
export function changedParts(before: string, after: string): PageChange | undefined {
  const was = read(before)
  const is = read(after)
  const body = was.body && is.body && differences(was.body, is.body)
  if (!body || body === 'here') return undefined
  return { title: was.title === is.title ? undefined : is.title, parts: body }
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

function differences(was: Element, is: Element): Differences {
  if (was.html === is.html || (was.isPermanent && was.id === is.id)) return []
  const within = was.tag === is.tag ? amongChildren(was.children, is.children) : 'here'
  if (within !== 'here') return within
  return is.id !== undefined && is.id === was.id ? [{ id: is.id, html: is.html }] : 'here'
}

function amongChildren(was: Element['children'], is: Element['children']): Differences {
  if (was.length !== is.length) return 'here'
  const all: ChangedPart[] = []
  for (const [at, child] of is.entries()) {
    const before = was[at]
    if (typeof child === 'string' || typeof before === 'string' || !before) {
      if (child !== before) return 'here'
      continue
    }
    const found = differences(before, child)
    if (found === 'here') return 'here'
    all.push(...found)
  }
  return all
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
