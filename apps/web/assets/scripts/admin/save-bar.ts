interface Link {
  readonly words: string
  readonly href: string
}

/** What is said beside the button that saves, where it is seen however long the form is. */
export class SaveBar {
  readonly #state = document.createElement('span')
  readonly #news = document.createElement('p')

  constructor(actions: HTMLElement | null) {
    this.#state.className = 'unsaved'
    this.#state.setAttribute('role', 'status')
    this.#news.className = 'news'
    this.#news.setAttribute('role', 'status')
    // What Turbo has kept of a page has them already.
    for (const old of actions?.querySelectorAll('.unsaved, .news') ?? []) old.remove()
    actions?.prepend(this.#news)
    actions?.append(this.#state)
  }

  clean(): void {
    this.#show('', '')
  }

  dirty(isKept: boolean): void {
    if (isKept) this.#show('Unsaved changes', '')
    else this.#show('Unsaved changes, and no room to keep them in this browser', 'failed')
  }

  say(words: string): void {
    this.#show(words, 'done')
  }

  fail(words: string): void {
    this.#show(words, 'failed')
  }

  tell(words: string, link?: Link): void {
    if (this.#news.firstChild?.textContent === `${words} `) return
    this.#news.replaceChildren(`${words} `)
    if (!link) return
    const anchor = document.createElement('a')
    anchor.textContent = link.words
    anchor.href = link.href
    anchor.target = '_blank'
    this.#news.append(anchor)
  }

  untell(): void {
    this.#news.replaceChildren()
  }

  #show(words: string, kind: string): void {
    this.#state.className = `unsaved ${kind}`.trim()
    if (this.#state.textContent !== words) this.#state.textContent = words
  }
}
