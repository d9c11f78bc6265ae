import { parsed, read, write } from '../kept.ts'
import { type Track } from '../track.ts'
import { asQueue, holds, moved, type Queue, withTrack, without } from './queue.ts'

/** The queue of this browser, the same in all its tabs. `change` says that it is another one. */
class KeptQueue extends EventTarget {
  #text: string | null = null
  #tracks: Queue = []

  constructor() {
    super()
    this.#read()
    addEventListener('storage', ({ key }) => {
      if (key !== null && key !== 'player:queue') return
      this.#read()
      this.dispatchEvent(new Event('change'))
    })
  }

  get tracks(): Queue {
    return this.#tracks
  }

  has(episode: string): boolean {
    return holds(this.#tracks, episode)
  }

  add(track: Track): void {
    this.#change((queue) => withTrack(queue, track))
  }

  remove(episode: string): void {
    this.#change((queue) => without(queue, episode))
  }

  move(episode: string, by: number): void {
    this.#change((queue) => moved(queue, episode, by))
  }

  clear(): void {
    this.#change(() => [])
  }

  /** Takes the next one out. */
  shift(): Track | undefined {
    const [first] = this.#tracks
    if (first) this.remove(first.episode)
    return first
  }

  #change(work: (queue: Queue) => Queue): void {
    // Another tab may have changed it a moment ago, and this one was not told yet.
    this.#read()
    const changed = work(this.#tracks)
    if (changed === this.#tracks) return
    this.#tracks = changed
    write('queue', changed.length > 0 ? JSON.stringify(changed) : null)
    // Where nothing can be kept it lasts as long as the page.
    this.#text = read('queue')
    this.dispatchEvent(new Event('change'))
  }

  #read(): void {
    const text = read('queue')
    if (text === this.#text) return
    this.#text = text
    this.#tracks = asQueue(parsed(text))
  }
}

export const queue = new KeptQueue()
