import { visit } from '@hotwired/turbo'
import { followDesk } from './desk-following.ts'

const CALM_MS = 300

/** Where a show is made: Enter sends, what others do is there at once, and what is being typed stays where it is. */
export class LiveStudio extends HTMLElement {
  #stay: AbortController | undefined
  #leave: (() => void) | undefined
  #waiting: ReturnType<typeof setTimeout> | undefined

  connectedCallback(): void {
    this.#stay = new AbortController()
    const { signal } = this.#stay
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal })
    this.addEventListener('turbo:submit-end', (event) => this.#sent(event), { signal })
    this.addEventListener('turbo:before-morph-element', hold, { signal })
    const { topic } = this.dataset
    if (topic === undefined || document.documentElement.hasAttribute('data-turbo-preview')) return
    const seen = () => this.dataset['seen']
    this.#leave = followDesk(topic, { seen, stale: () => this.#refreshSoon() })
  }

  disconnectedCallback(): void {
    this.#stay?.abort()
    this.#leave?.()
    this.#leave = undefined
    clearTimeout(this.#waiting)
  }

  #pressed(event: KeyboardEvent): void {
    const { target, key, shiftKey, isComposing } = event
    const isNote = target instanceof HTMLTextAreaElement && target.closest('form[data-quick]')
    if (!isNote || key !== 'Enter' || shiftKey || isComposing) return
    event.preventDefault()
    target.form?.requestSubmit()
  }

  /** What was taken is typed no longer. */
  #sent(event: Event): void {
    const { success } = (event as CustomEvent<{ readonly success?: boolean }>).detail
    const form = event.target
    if (!success || !(form instanceof HTMLFormElement)) return
    if (form.matches('[data-quick]')) form.reset()
    else settle(form)
  }

  /** Whoever did it is led to the page anyway: it is not fetched while something of theirs is on its way. */
  #refreshSoon(): void {
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => {
      const isBusy = document.querySelector('form[aria-busy]') !== null
      if (isBusy) this.#refreshSoon()
      else visit(location.href, { action: 'replace' })
    }, CALM_MS)
  }
}

function hold(event: Event): void {
  if (event.target instanceof HTMLFormElement && isTouched(event.target)) event.preventDefault()
}

/** What was stored is what the page says. */
function settle(form: HTMLFormElement): void {
  for (const field of form.elements) {
    if (field instanceof HTMLTextAreaElement) field.defaultValue = field.value
    if (!(field instanceof HTMLInputElement)) continue
    field.defaultValue = field.value
    field.defaultChecked = field.checked
  }
}

function isTouched(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
    if (!(field instanceof HTMLInputElement)) return false
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked
  })
}
