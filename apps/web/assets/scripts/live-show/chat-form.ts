import { must } from './must.ts'
import { outcome, type ShowClient } from './show-client.ts'
import { words } from './words.ts'

/** Where somebody writes. What was not taken stays, with why beside it. */
export class ChatForm {
  readonly #form: HTMLFormElement
  readonly #field: HTMLTextAreaElement
  readonly #wrong: HTMLElement
  readonly #button: HTMLButtonElement
  readonly #channel: ShowClient
  #isSending = false

  constructor(part: HTMLElement, channel: ShowClient, signal: AbortSignal) {
    this.#channel = channel
    this.#form = must(part, 'form.say', HTMLFormElement)
    this.#field = must(part, 'form.say textarea', HTMLTextAreaElement)
    this.#wrong = must(part, 'form.say .wrong')
    this.#button = must(part, 'form.say [type=submit]', HTMLButtonElement)
    const send = (event: Event) => {
      event.preventDefault()
      void this.#send()
    }
    this.#form.addEventListener('submit', send, { signal })
    const typed = (event: KeyboardEvent) => {
      // Who writes in another script ends a word with it.
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event)
    }
    this.#field.addEventListener('keydown', typed, { signal })
  }

  set isOpen(isOpen: boolean) {
    this.#form.hidden = !isOpen
  }

  async #send(): Promise<void> {
    const text = this.#field.value.trim()
    if (text === '' || this.#isSending) return
    // What waits for the connection would be said whenever that is back, and maybe twice.
    if (this.#channel.state !== 'joined') return this.#say(words.noConnection)
    this.#isSending = true
    this.#button.ariaDisabled = 'true'
    const wrong = await outcome(this.#channel.push('say', { text }))
    this.#isSending = false
    this.#button.ariaDisabled = null
    this.#say(wrong)
    if (wrong === undefined && this.#field.value.trim() === text) this.#field.value = ''
  }

  #say(wrong: string | undefined): void {
    this.#wrong.textContent = wrong ?? ''
    if (wrong === undefined) this.#field.removeAttribute('aria-invalid')
    else this.#field.setAttribute('aria-invalid', 'true')
    if (wrong === undefined) this.#field.removeAttribute('aria-describedby')
    else this.#field.setAttribute('aria-describedby', this.#wrong.id)
  }
}
