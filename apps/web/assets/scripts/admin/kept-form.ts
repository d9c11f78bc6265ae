import { type Order, orderIn, workIn } from './form-work.ts'
import { type Kept, KeptWork } from './kept-work.ts'
import { type Told, watchVersion } from './newer-version.ts'
import { isThere, restore } from './restore-work.ts'
import { SaveBar } from './save-bar.ts'
import { markSent, type SentForm, takeSent } from './sent-form.ts'
import { clock, WorkOffer } from './work-offer.ts'
import { isNothing, NO_WORK, type Work } from './work.ts'

const PAUSE_MS = 400

/**
 * Keeps in the browser what somebody changed in a form and has not saved, and offers it when the form is opened again:
 * after a crash, a lost line, an ended session. Says so beside the button that saves, and when somebody else saves
 * meanwhile. Without it the form is a form.
 */
export class KeptForm extends HTMLElement {
  #ended = new AbortController()
  #kept = new KeptWork('', '', () => localStorage)
  /** Of what this page keeps; it goes on after the server sent the form back. */
  #piece: string = newId()
  #sentOrder: Order = new Map()
  #before: Work = NO_WORK
  #bar = new SaveBar(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  #isDirty = false
  /** What was typed is in storage; while it is not, leaving asks. */
  #isSafe = true
  #isSending = false
  #version = ''

  connectedCallback(): void {
    const { form } = this
    if (!form) return

    const { person = '', key = '', version = '', watch } = this.dataset
    this.#ended = new AbortController()
    const { signal } = this.#ended
    this.#kept = new KeptWork(person, key, () => localStorage)
    this.#version = version
    this.#sentOrder = orderIn(form)
    this.#bar = new SaveBar(form.querySelector<HTMLElement>('.actions'))
    this.#arrive(form)

    form.addEventListener('input', () => this.#typed(), { signal })
    form.addEventListener('change', () => this.#typed(), { signal })
    form.addEventListener('submit', () => this.#send(), { signal })
    form.addEventListener('turbo:submit-start', () => (form.inert = true), { signal })
    form.addEventListener('turbo:submit-end', (event) => this.#answered(event), { signal })
    document.addEventListener('keydown', (event) => this.#saveByKey(event), { signal })
    document.addEventListener('visibilitychange', () => this.#keepNow(), { signal })
    addEventListener('pagehide', () => this.#keepNow(), { signal })
    addEventListener('beforeunload', (event) => this.#leave(event), { signal })
    document.addEventListener('turbo:before-visit', (event) => this.#leave(event), { signal })
    if (watch === undefined) return
    watchVersion({
      address: watch,
      isDirty: () => this.#isDirty,
      tell: (told) => this.#tell(told),
      signal,
    })
  }

  disconnectedCallback(): void {
    this.#keepNow()
    clearTimeout(this.#timer)
    this.#ended.abort()
  }

  get form(): HTMLFormElement | null {
    return this.querySelector('form')
  }

  get #name(): string {
    return `${this.dataset['person']}:${this.dataset['key']}`
  }

  /** The page before may have sent this form: it is stored, or it is here again with what is wrong with it. */
  #arrive(form: HTMLFormElement): void {
    const sent = arrivedWith()
    if (sent?.form === this.#name) {
      if (this.hasAttribute('data-unsaved')) {
        this.#piece = sent.piece
        this.#before = this.#kept.find(sent.piece)?.work ?? NO_WORK
        this.#keep()
      } else if (sent.words !== null) {
        this.#bar.say(sent.words)
        if (sent.focus !== '') document.getElementById(sent.focus)?.focus({ preventScroll: true })
      }
    }
    this.#offer(form)
  }

  #offer(form: HTMLFormElement): void {
    const [there, offered] = partition(
      this.#kept.all().filter(({ id }) => id !== this.#piece),
      ({ work }) => !this.hasAttribute('data-unsaved') && isThere(form, work),
    )
    this.#kept.drop(there.map(({ id }) => id))
    if (offered.length === 0) return

    const offer = new WorkOffer(offered, this.#version, {
      restore: () => {
        const left = offered.flatMap(({ work }) => restore(form, work))
        this.#keep()
        // From now on this page keeps it.
        if (this.#isSafe) this.#kept.drop(offered.map(({ id }) => id))
        return left
      },
      discard: () => this.#kept.drop(offered.map(({ id }) => id)),
    })
    form.before(offer.element)
  }

  #typed(): void {
    this.#isSafe = false
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#keep(), PAUSE_MS)
  }

  #keepNow(): void {
    if (!this.#isSafe) this.#keep()
  }

  #keep(): void {
    const { form } = this
    clearTimeout(this.#timer)
    if (!form || this.#isSending) return

    const work = workIn(form, this.#sentOrder, this.#before)
    this.#isDirty = !isNothing(work)
    if (!this.#isDirty) {
      this.#kept.drop([this.#piece])
      this.#isSafe = true
      this.#bar.clean()
      return
    }
    const kept: Kept = { id: this.#piece, version: this.#version, at: Date.now(), work }
    this.#isSafe = this.#kept.keep(kept)
    this.#bar.dirty(this.#isSafe)
  }

  #send(): void {
    this.#keep()
    this.#isSending = true
    this.toggleAttribute('data-sending', true)
    const focus = document.activeElement?.id ?? ''
    markSent({ form: this.#name, piece: this.#piece, focus })
  }

  /** Whatever the server answered, the next page knows. Without an answer this page stays. */
  #answered(event: Event): void {
    const { form } = this
    const { detail } = event as CustomEvent<{ readonly fetchResponse?: unknown }>
    if (!form || detail.fetchResponse) return

    const sent = takeSent()
    this.#isSending = false
    this.toggleAttribute('data-sending', false)
    form.inert = false
    document.getElementById(sent?.focus ?? '')?.focus({ preventScroll: true })
    this.#bar.fail(
      'Not saved: the server cannot be reached. What you typed is kept in this browser.',
    )
  }

  #saveByKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (!this.#isSending) this.form?.requestSubmit()
  }

  #leave(event: Event): void {
    if (this.#isSending) return
    this.#keepNow()
    if (this.#isSafe) return
    if (event.type === 'beforeunload') event.preventDefault()
    // eslint-disable-next-line no-alert
    else if (!confirm('Leave? What you typed is not saved, and there is no room to keep it.')) {
      event.preventDefault()
    }
  }

  #tell(told: Told): void {
    if (told.kind === 'signed-out') {
      this.#bar.tell('You are signed out. What you typed is kept: sign in again, then save.', {
        words: 'Sign in in a new tab',
        href: this.dataset['signIn'] ?? '',
      })
    } else if (told.kind === 'gone') {
      this.#bar.tell('It was deleted meanwhile. Copy what you want to keep.')
    } else if (told.version === this.#version) {
      this.#bar.untell()
    } else {
      this.#bar.tell(
        `${told.by} saved a newer version at ${clock(told.at)}. Save and you will see both.`,
        { words: 'Open it in a new tab', href: location.pathname },
      )
    }
  }
}

interface Arrival extends SentForm {
  /** What the server says of it: that it is stored. */
  readonly words: string | null
}

/** What became of the form that the page before sent. What is stored need not be kept any more. */
export function arrivedWith(): Arrival | undefined {
  // A page may be complete only after somebody has saved: then the answer comes on the next one.
  if (document.querySelector('kept-form[data-sending]')) return undefined
  const sent = takeSent()
  if (!sent) return undefined

  const words = document.querySelector('.flash.done')?.textContent ?? null
  if (words !== null) {
    const [person = '', ...address] = sent.form.split(':')
    new KeptWork(person, address.join(':'), () => localStorage).drop([sent.piece])
  }
  return { ...sent, words }
}

function newId(): string {
  return Math.random().toString(36).slice(2)
}

function partition<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter((one) => test(one)), all.filter((one) => !test(one))]
}
