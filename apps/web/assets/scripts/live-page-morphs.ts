import { type StreamElement } from '@hotwired/turbo'
import { MORPHED } from './live-page-morphed.ts'
import { showWhatChanged } from './live-page-marks.ts'

/** Changes the page by Turbo Streams. Says no, and does nothing, when something is not there that they are for. */
export async function performStreams(html: string): Promise<boolean> {
  const template = document.createElement('template')
  template.innerHTML = html
  const streams = [...template.content.children] as StreamElement[]
  const isThere = streams.every((stream) =>
    document.getElementById(stream.getAttribute('target') ?? ''),
  )
  if (!isThere) return false
  const changed = showWhatChanged()
  document.documentElement.append(...streams)
  await Promise.all(streams.map((stream) => stream.render()))
  changed()
  document.dispatchEvent(new Event(MORPHED))
  return true
}

/** What the visitor did with a page stays when it is morphed: details they opened, what they typed and chose. */
export function keepWhatIsTheVisitors(): void {
  document.addEventListener('turbo:before-morph-attribute', (event) => {
    const { target, detail } = event as CustomEvent<{ readonly attributeName: string }>
    if (target instanceof Element && isKept(target, detail.attributeName)) event.preventDefault()
  })
  // What was fetched for this visitor alone is not in the page that everybody gets.
  document.addEventListener('turbo:before-morph-element', (event) => {
    const { target, detail } = event as CustomEvent<{ readonly newElement?: Element }>
    const isOwn = target instanceof Element && target.matches('.masquerade')
    if (isOwn && !detail.newElement) event.preventDefault()
  })
  document.addEventListener('turbo:morph', () => document.dispatchEvent(new Event(MORPHED)))
}

function isKept(element: Element, attribute: string): boolean {
  if (attribute === 'open') return element instanceof HTMLDetailsElement
  if (attribute === 'data-in-sight') return true
  if (attribute === 'hidden') return element.matches('copy-field button')
  return ['value', 'checked', 'selected'].includes(attribute) && isTouched(element)
}

function isTouched(element: Element): boolean {
  if (element instanceof HTMLOptionElement) {
    const options = [...(element.closest('select')?.options ?? [])]
    return options.some((option) => option.selected !== option.defaultSelected)
  }
  if (element instanceof HTMLTextAreaElement) return element.value !== element.defaultValue
  if (!(element instanceof HTMLInputElement)) return false
  return element.value !== element.defaultValue || element.checked !== element.defaultChecked
}
