const COOKIE = 'showrunner_visitor=1'

/**
 * Below a discussion, which is the same for everybody, stands a link to a page to write on. Whoever is signed in finds the form
 * itself there, and answers in it; it stays as it is while the page around it changes.
 */
class DiscussionDesk extends HTMLElement {
  #isFetched = false

  connectedCallback(): void {
    this.addEventListener('turbo:submit-end', this.#sent)
    this.addEventListener('click', this.#cancel)
    document.addEventListener('click', this.#answer)
    void this.#fetch()
  }

  disconnectedCallback(): void {
    this.removeEventListener('turbo:submit-end', this.#sent)
    this.removeEventListener('click', this.#cancel)
    document.removeEventListener('click', this.#answer)
  }

  async #fetch(): Promise<void> {
    if (this.#isFetched || !document.cookie.split('; ').includes(COOKIE)) return
    this.#isFetched = true
    const about = encodeURIComponent(this.dataset['about'] ?? '')
    const response = await fetch(`/~/discussion?about=${about}`, {
      headers: { accept: 'text/html' },
    })
    if (response.status === 200) this.innerHTML = await response.text()
  }

  // What was sent stands above by now; what is one's own of it is another.
  readonly #sent = (event: Event): void => {
    const { success } = (event as CustomEvent<{ readonly success: boolean }>).detail
    if (!success) return
    this.#isFetched = false
    void this.#fetch()
  }

  readonly #answer = (event: Event): void => {
    const link = event.target instanceof Element ? event.target.closest('a.answer') : null
    const form = this.querySelector<HTMLFormElement>('form.write')
    if (!(link instanceof HTMLAnchorElement) || !form || isElsewhere(event)) return
    event.preventDefault()
    this.#setParent(link.dataset['comment'] ?? '', link.textContent)
    form.querySelector('textarea')?.focus()
  }

  readonly #cancel = (event: Event): void => {
    const isIt = event.target instanceof Element && event.target.closest('.answering button')
    if (isIt) this.#setParent('', '')
  }

  #setParent(id: string, said: string): void {
    const parent = this.querySelector<HTMLInputElement>('input[name=parent]')
    const line = this.querySelector<HTMLElement>('.answering')
    const words = line?.querySelector('span')
    if (!parent || !line || !words) return
    parent.value = id
    words.textContent = said
    line.hidden = id === ''
  }
}

/** Whoever opens it in another window wants the page. */
function isElsewhere(event: Event): boolean {
  return event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)
}

export function defineDiscussion(): void {
  customElements.define('discussion-desk', DiscussionDesk)
}
