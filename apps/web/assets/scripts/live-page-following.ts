import { type ClientChannel } from '@showrunner/channels/client'
import { visit } from '@hotwired/turbo'
import { type PageChanged, type PageChannel } from '../../src/channels/page-channel.ts'
import { shownPage } from './live-page.ts'
import { keepWhatIsTheVisitors, performStreams } from './live-page-morphs.ts'
import { liveChannel, restSocket } from './live-page-socket.ts'
import { sound } from './player/sound.ts'

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
  if (document.visibilityState === 'visible') followShownPage()
  else restLater()
})

/** From now on this page is changed when it changes. */
export function followShownPage(): void {
  clearTimeout(resting)
  if (document.visibilityState === 'hidden') restLater()
  const page = shownPage()
  if (!page || following?.key === page.content) return
  stopFollowing()
  following = new Following(page.content)
}

function stopFollowing(): void {
  following?.stop()
  following = undefined
}

function restLater(): void {
  clearTimeout(resting)
  resting = setTimeout(() => {
    stopFollowing()
    restSocket()
  }, HIDDEN_MS)
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
    this.#channel = liveChannel<typeof PageChannel>(`page:${key}`, params)
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
    this.#work = this.#work.then(() => (this.#isOver ? undefined : work())).catch(reportError)
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
    // A new release loads the whole page, and with it the sound: that can wait until it pauses.
    if (sound.playing && !(await isOfThisRelease(location.href))) await pause()
    if (!this.#isOver) visit(location.href, { action: 'replace' })
  }
}

async function isOfThisRelease(address: string): Promise<boolean> {
  const text = await (await fetch(address, { headers: { accept: 'text/html' } })).text()
  return trackedIn(new DOMParser().parseFromString(text, 'text/html')) === trackedIn(document)
}

function trackedIn(page: Document): string {
  const tracked = page.head.querySelectorAll<HTMLElement>('[data-turbo-track=reload]')
  return [...tracked].map(({ outerHTML }) => outerHTML).join('')
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (sound.playing) return
      sound.removeEventListener('change', look)
      resolve()
    }
    sound.addEventListener('change', look)
  })
}

function versionShown(): string {
  return shownPage()?.dataset['version'] ?? ''
}
