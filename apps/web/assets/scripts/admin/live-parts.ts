import { morphElements } from '@hotwired/turbo'
import { MORPHED } from '../live-page-morphed.ts'
import { showWhatChanged } from '../live-page-marks.ts'
import { followDesk } from './desk-following.ts'

/** What scripts have put into a part is not in the page as it comes. */
const PUT_THERE = '.mark-all'

/**
 * Keeps the parts of a page that are marked with `data-part` as they are on the server: when it tells that they may be others, the page is
 * asked for again, and they are morphed. The rest of the page, its forms and what is typed there, nobody touches.
 */
export class LiveParts extends HTMLElement {
  #leave: (() => void) | undefined
  #isStale = false
  #isLooking = false
  #silence: ReturnType<typeof setTimeout> | undefined

  connectedCallback(): void {
    const { topic } = this.dataset
    if (topic === undefined || document.documentElement.hasAttribute('data-turbo-preview')) return
    this.#leave = followDesk(topic, {
      seen: () => this.dataset['seen'],
      joined: () => this.#joined(),
      stale: () => this.#stale(),
    })
    document.addEventListener('visibilitychange', this.#look)
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#look)
    clearTimeout(this.#silence)
    this.#leave?.()
    this.#leave = undefined
  }

  #joined(): void {
    this.toggleAttribute('data-followed', true)
    this.#listenForSilence()
  }

  #stale(): void {
    this.#isStale = true
    this.#look()
  }

  // A tab that nobody looks at waits until somebody does.
  readonly #look = (): void => {
    if (!this.#isStale || this.#isLooking || document.visibilityState === 'hidden') return
    this.#isStale = false
    this.#isLooking = true
    void this.#refresh().finally(() => {
      this.#isLooking = false
      this.#look()
    })
  }

  async #refresh(): Promise<void> {
    const page = await fetchedPage()
    if (!page || !this.isConnected) return
    const changed = showWhatChanged()
    for (const part of document.querySelectorAll<HTMLElement>('[data-part]')) {
      const fresh = page.getElementById(part.id)
      if (fresh) morphElements(part, fresh, { callbacks: { beforeNodeMorphed: isOfThePage } })
    }
    changed()
    this.dataset['seen'] = page.querySelector<HTMLElement>('live-parts')?.dataset['seen'] ?? ''
    document.dispatchEvent(new Event(MORPHED))
    this.#listenForSilence()
  }

  /** What is under way tells so all the time: when it does no more, something has happened to it. */
  #listenForSilence(): void {
    clearTimeout(this.#silence)
    const silent = document.querySelector<HTMLElement>('[data-part][data-silent-ms]')
    if (!silent) return
    this.#silence = setTimeout(() => this.#stale(), Number(silent.dataset['silentMs']))
  }
}

function isOfThePage(node: Node): boolean {
  return !(node instanceof Element && node.matches(PUT_THERE))
}

/** The page as the server has it now; nothing where it cannot be had, or is not theirs any more. */
async function fetchedPage(): Promise<Document | undefined> {
  try {
    // Nobody sees this page: what is said once stays for the next.
    const headers = { accept: 'text/html', 'x-sec-purpose': 'refresh' }
    const response = await fetch(location.href, { headers })
    if (!response.ok || response.redirected) return undefined
    return new DOMParser().parseFromString(await response.text(), 'text/html')
  } catch {
    // The server may be starting again: whoever joins again is told.
    return undefined
  }
}
