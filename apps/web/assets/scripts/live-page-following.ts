import type { ClientChannel } from '@showrunner/channels/client'
import { visit } from '@hotwired/turbo'
import type { PageChanged, PageChannel } from '../../src/channels/page-channel.ts'
import { shownPage } from './live-page.ts'
import { keepWhatIsTheVisitors, performStreams } from './live-page-morphs.ts'
import { liveSocket, restSocket } from './live-page-socket.ts'

/** A tab that nobody looks at is not kept up to date for longer: it catches up when it is looked at again. */
const HIDDEN_MS = 3 * 60_000
/** A page that is told to fetch itself again and again does so more and more seldom. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

let following: Following | undefined
let pauseMs = 0
let resting: ReturnType<typeof setTimeout> | undefined

keepWhatIsTheVisitors()
// What is still to come for the page before is not for the next one.
document.addEventListener('turbo:before-render', stopFollowing)
document.addEventListener('turbo:load', () => {
  if (!shownPage()) restSocket()
})
document.addEventListener('visibilitychange', () => {
  clearTimeout(resting)
  if (document.visibilityState === 'visible') followShownPage()
  else resting = setTimeout(rest, HIDDEN_MS)
})

/** From now on this page is changed when it changes. */
export function followShownPage(): void {
  const page = shownPage()
  if (!page || following?.key === page.content) return
  stopFollowing()
  following = new Following(page.content)
}

function stopFollowing(): void {
  following?.stop()
  following = undefined
}

function rest(): void {
  stopFollowing()
  restSocket()
}

/** A page that is followed, until another is shown. */
class Following {
  readonly key: string
  readonly #channel: ClientChannel<typeof PageChannel>
  #work: Promise<unknown> = Promise.resolve()
  #isOver = false

  constructor(key: string) {
    this.key = key
    const params = () => ({ version: versionShown() })
    const channel = liveSocket().channel(`page:${key}`, params)
    // The server declares it.
    this.#channel = channel as unknown as ClientChannel<typeof PageChannel>
    this.#channel.on('changed', (change) => this.#inTurn(() => this.#change(change)))
    this.#channel.on('refresh', () => this.#inTurn(() => this.#refresh()))
    this.#channel.join().receive('error', ({ reason }) => {
      if (reason === 'gone') this.#inTurn(() => this.#refresh())
      if (reason === 'not live') this.stop()
    })
  }

  stop(): void {
    this.#isOver = true
    this.#channel.leave()
  }

  #inTurn(work: () => unknown): void {
    this.#work = this.#work.then(() => (this.#isOver ? undefined : work()))
  }

  async #change({ from, version, title, streams }: PageChanged): Promise<void> {
    const shown = versionShown()
    if (shown === version) return
    if (shown !== from || !(await performStreams(streams))) return this.#refresh()
    if (title !== undefined) document.title = title
    const page = shownPage()
    if (page) page.dataset['version'] = version
    pauseMs = 0
  }

  /** Turbo fetches the page, and morphs what is shown into it. */
  async #refresh(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    pauseMs = Math.min(Math.max(pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS)
    if (!this.#isOver) visit(location.href, { action: 'replace' })
  }
}

function versionShown(): string {
  return shownPage()?.dataset['version'] ?? ''
}
