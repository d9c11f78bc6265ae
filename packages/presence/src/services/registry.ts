import { type Message } from '@showrunner/pubsub'
import { type Meta } from '../tracker/entry.ts'
import { type Time } from '../tracker/time.ts'
import { type Tracker } from '../tracker/tracker.ts'
import { refText, type Ref } from './instance.ts'
import { limiter, type Limits } from './limiter.ts'
import { type Switchboard } from './switchboard.ts'

export interface ServiceOptions extends Partial<Limits> {
  readonly handle: (request: Message) => Message | void | Promise<Message | void>
  /** What the others see of it. `load`, which is what runs and waits, is added by itself. */
  readonly meta?: Meta
}

/** Something of this node that can be asked from any node. */
export interface Registered {
  readonly ref: Ref
  update(meta: Meta): void
  /** Takes no more. What it was asked before comes to its end. */
  stop(): void
}

const LIMITS: Limits = { concurrency: 16, queue: 256 }
// On this node the load is told so often; the others hear of it with what else there is to tell.
const LOAD_MS = 200

/** What this node has registered. */
export class Registry {
  readonly #node: string
  readonly #tracker: Tracker
  readonly #switchboard: Switchboard
  readonly #time: Time
  readonly #registered = new Set<Registered>()

  constructor(node: string, tracker: Tracker, switchboard: Switchboard, time: Time) {
    this.#node = node
    this.#tracker = tracker
    this.#switchboard = switchboard
    this.#time = time
  }

  add(service: string, id: string, { handle, meta = {}, ...limits }: ServiceOptions): Registered {
    const ref: Ref = { node: this.#node, service, id }
    const owner = refText(ref)
    let current = meta
    let telling: (() => void) | undefined
    const tell = () => {
      telling?.()
      telling = undefined
      this.#tracker.update(owner, service, id, { ...current, load: work.load })
    }
    const work = limiter({ ...LIMITS, ...limits }, () => {
      telling ??= this.#time.after(LOAD_MS, tell)
    })
    this.#switchboard.put(ref, { limiter: work, handle })
    this.#tracker.track(owner, service, id, { ...meta, load: 0 })

    const own: Registered = {
      ref,
      update: (next) => {
        current = next
        tell()
      },
      stop: () => {
        telling?.()
        this.#registered.delete(own)
        this.#switchboard.remove(ref)
        this.#tracker.untrackAll(owner)
      },
    }
    this.#registered.add(own)
    return own
  }

  stop(): void {
    for (const own of this.#registered) own.stop()
  }
}
