const PREVIEW = '/admin/preview-markdown'

const FAILED = 'The preview could not be made just now. What you wrote is still here, under Write.'
const SIGNED_OUT = 'You are signed out. Sign in in another window, and try again.'
const TOO_LONG = 'This is longer than any text that can be saved.'
const TOO_OFTEN = 'That was often. Wait a moment, and try again.'
const NOTHING = 'Nothing to show yet.'

/**
 * A text field of Markdown with a second face: what it looks like once it is saved. Two tabs, changed by the arrow keys, and
 * from within the text by Ctrl or ⌘ with Shift and P.
 */
export class MarkdownPreview extends HTMLElement {
  #write = button('Write')
  #preview = button('Preview')
  #tabs = document.createElement('div')
  #page = document.createElement('div')
  #asked: AbortController | undefined

  connectedCallback(): void {
    const { textarea } = this
    if (!textarea) return

    const name = textarea.labels[0]?.textContent.replace('*', '').trim() ?? 'Text'
    this.#tabs.className = 'faces'
    this.#tabs.setAttribute('role', 'tablist')
    this.#tabs.setAttribute('aria-label', `${name}: write or preview`)
    this.#page.id = `${textarea.id}-preview`
    this.#page.className = 'previewed prose'
    this.#page.tabIndex = 0
    this.#page.dir = 'auto'
    this.#page.setAttribute('role', 'tabpanel')
    this.#page.setAttribute('aria-label', `${name}, as it will be shown`)
    this.#write.setAttribute('aria-controls', textarea.id)
    this.#preview.setAttribute('aria-controls', this.#page.id)
    this.#tabs.replaceChildren(this.#write, this.#preview)
    this.prepend(this.#tabs)
    textarea.after(this.#page)
    this.#show('write')

    this.#write.addEventListener('click', this.#onWrite)
    this.#preview.addEventListener('click', this.#onPreview)
    this.addEventListener('keydown', this.#onKey)
  }

  // What Turbo keeps of a page, and shows again, is what the server sent.
  disconnectedCallback(): void {
    this.#asked?.abort()
    this.#write.removeEventListener('click', this.#onWrite)
    this.#preview.removeEventListener('click', this.#onPreview)
    this.removeEventListener('keydown', this.#onKey)
    this.#tabs.remove()
    this.#page.remove()
    this.textarea?.toggleAttribute('hidden', false)
  }

  get textarea(): HTMLTextAreaElement | null {
    return this.querySelector('textarea')
  }

  #onWrite = (): void => this.#show('write')

  #onPreview = (): void => {
    this.#show('preview')
    void this.#fill()
  }

  #onKey = (event: KeyboardEvent): void => {
    const { target, key } = event
    const isToggle = key.toLowerCase() === 'p' && event.shiftKey && (event.ctrlKey || event.metaKey)
    const isArrow = target instanceof Element && this.#tabs.contains(target) && ARROWS.has(key)
    if (!isToggle && !isArrow) return

    event.preventDefault()
    const isWriting = this.#page.hidden
    if (isWriting) this.#onPreview()
    else this.#onWrite()
    if (isArrow) (isWriting ? this.#preview : this.#write).focus()
    else (isWriting ? this.#page : this.textarea)?.focus()
  }

  #show(face: 'write' | 'preview'): void {
    const { textarea } = this
    if (!textarea) return

    const isPreview = face === 'preview'
    // As high as the text was, so that nothing below it jumps.
    if (isPreview && !textarea.hidden) this.#page.style.height = `${textarea.offsetHeight}px`
    textarea.hidden = isPreview
    this.#page.hidden = !isPreview
    select(this.#write, !isPreview)
    select(this.#preview, isPreview)
  }

  async #fill(): Promise<void> {
    this.#asked?.abort()
    const asked = new AbortController()
    this.#asked = asked
    this.#page.setAttribute('aria-busy', 'true')
    const { value = '', name = '' } = this.textarea ?? {}
    const shown = await shownText(value, name, asked.signal)
    if (asked.signal.aborted) return

    this.#page.removeAttribute('aria-busy')
    if ('html' in shown) this.#page.innerHTML = shown.html
    else this.#page.replaceChildren(said(shown.words))
  }
}

const ARROWS = new Set(['ArrowLeft', 'ArrowRight'])

type Shown = { readonly html: string } | { readonly words: string }

async function shownText(text: string, of: string, signal: AbortSignal): Promise<Shown> {
  if (text.trim() === '') return { words: NOTHING }
  try {
    const response = await fetch(PREVIEW, {
      method: 'POST',
      body: new URLSearchParams({ text, of }),
      redirect: 'manual',
      signal,
    })
    if (response.ok) {
      // Sanitised by the server, as what it stores.
      const html = await response.text()
      return html === '' ? { words: NOTHING } : { html }
    }
    return { words: wordsFor(response) }
  } catch {
    // The network, which comes back; or an answer nobody waits for any more.
    return { words: FAILED }
  }
}

function wordsFor({ type, status }: Response): string {
  if (type === 'opaqueredirect' || status === 401) return SIGNED_OUT
  if (status === 400 || status === 413) return TOO_LONG
  return status === 429 ? TOO_OFTEN : FAILED
}

function button(label: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = label
  made.setAttribute('role', 'tab')
  return made
}

function select(tab: HTMLButtonElement, isSelected: boolean): void {
  tab.setAttribute('aria-selected', String(isSelected))
  tab.tabIndex = isSelected ? 0 : -1
}

function said(words: string): HTMLElement {
  const paragraph = document.createElement('p')
  paragraph.className = 'none'
  paragraph.textContent = words
  return paragraph
}
