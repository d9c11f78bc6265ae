import { randomBytes } from 'node:crypto'
import { type Log, type Message } from '@showrunner/pubsub'
import { NoServiceError, OverloadedError, reasonOf } from '../errors.ts'
import { type Diff } from '../tracker/entry.ts'
import { realTime } from '../tracker/time.ts'
import { createTracker, type Tracker, type TrackerOptions } from '../tracker/tracker.ts'
import { changesIn, type ServiceChange } from './changes.ts'
import { instanceOf, refText, sameRef, type Instance, type Ref } from './instance.ts'
import { limiter, type Limiter, type Limits } from './limiter.ts'
import { Placements, type Kind, type PlaceOptions } from './placements.ts'
import { Registry, type Registered, type ServiceOptions } from './registry.ts'
import { leastLoaded, type Route } from './routes.ts'
import { Switchboard } from './switchboard.ts'

export interface CallOptions {
  /** By default the less loaded of two. */
  readonly route?: Route
  readonly timeoutMs?: number
}

export interface ServicesOptions extends Omit<TrackerOptions, 'name' | 'onDiff' | 'poolSize'> {
  /** Services of one name on all nodes find each other. */
  readonly name?: string
  /** How many calls of this node to one service may be under way, and how many more may wait. */
  readonly calling?: Partial<Limits>
}

/** Programs that find each other on all nodes, as users do by presence, and ask each other. */
export interface Services {
  register(service: string, options: ServiceOptions): Registered
  /** Who is there, in one order on all nodes, without nodes that are down. */
  list(service: string): readonly Instance[]
  /** Asks one of them. It is done once at most; a call that fails may have been done, unless it was refused. */
  call(service: string, request: Message, options?: CallOptions): Promise<Message>
  /** Tells one of them, and does not wait. */
  cast(service: string, request: Message, options?: Pick<CallOptions, 'route'>): void
  /** Tells all of them, and does not wait. Whoever is not there any more, or has too much to do, is not told. */
  broadcast(service: string, request: Message): void
  ask(ref: Ref, request: Message, options?: Pick<CallOptions, 'timeoutMs'>): Promise<Message>
  tell(ref: Ref, request: Message): void
  /** What it gives back ends it. */
  monitor(service: string, listener: (change: ServiceChange) => void): () => void

  /** This node can keep things of this kind. */
  offer(kind: string, options: Kind): Registered
  /** Starts it on one of the nodes that offer the kind, unless it is somewhere already. */
  place(kind: string, id: string, options?: PlaceOptions): Promise<Ref>
  lookup(kind: string, id: string): Ref | undefined
  /** Ends what was placed, wherever it is. */
  end(ref: Ref): Promise<void>

  /** Ends all there is on this node, and tells the others. */
  stop(): Promise<void>
}

const CALLING: Limits = { concurrency: 256, queue: 4_096 }
const TIMEOUT_MS = 10_000

export function createServices(options: ServicesOptions): Services {
  return new ServiceNode(options)
}

class ServiceNode implements Services {
  readonly #calling: Limits
  readonly #log: Log
  readonly #random: () => number
  readonly #tracker: Tracker
  readonly #switchboard: Switchboard
  readonly #registry: Registry
  readonly #placements: Placements
  readonly #callers = new Map<string, Limiter>()
  readonly #monitors = new Map<string, Set<(change: ServiceChange) => void>>()

  constructor({ name = 'services', calling, ...options }: ServicesOptions) {
    const { pubsub, time = realTime, log = () => {}, random = Math.random } = options
    this.#calling = { ...CALLING, ...calling }
    this.#log = log
    this.#random = random
    this.#switchboard = new Switchboard({ pubsub, time, log, topic: `services:${name}` })
    this.#tracker = createTracker({ ...options, name, onDiff: (diff) => this.#hear(diff) })
    this.#registry = new Registry(pubsub.node, this.#tracker, this.#switchboard, time)
    this.#placements = new Placements({
      node: pubsub.node,
      now: () => time.now(),
      log,
      register: (service, id, own) => this.#registry.add(service, id, own),
      services: this,
      found: (kind, id) => this.#tracker.getByKey(kind, id).map(instanceOf),
    })
  }

  register(service: string, options: ServiceOptions): Registered {
    return this.#registry.add(service, randomBytes(9).toString('base64url'), options)
  }

  list(service: string): readonly Instance[] {
    return this.#tracker
      .list(service)
      .map(instanceOf)
      .sort((one, other) => (refText(one.ref) < refText(other.ref) ? -1 : 1))
  }

  async call(
    service: string,
    request: Message,
    { route = leastLoaded, ...rest }: CallOptions = {},
  ): Promise<Message> {
    const first = this.#choose(service, route)
    try {
      return await this.ask(first.ref, request, rest)
    } catch (error) {
      // What is known of who is there is a moment old. Who is not there has done nothing, so somebody else may be asked.
      if (!(error instanceof NoServiceError) || error.mayBeDone) throw error
      return this.ask(this.#choose(service, route, first).ref, request, rest)
    }
  }

  cast(service: string, request: Message, { route = leastLoaded }: CallOptions = {}): void {
    this.tell(this.#choose(service, route).ref, request)
  }

  broadcast(service: string, request: Message): void {
    for (const { ref } of this.list(service)) this.tell(ref, request)
  }

  async ask(
    ref: Ref,
    request: Message,
    { timeoutMs = TIMEOUT_MS }: Pick<CallOptions, 'timeoutMs'> = {},
  ): Promise<Message> {
    const { service } = ref
    const caller = this.#callers.get(service) ?? limiter(this.#calling)
    this.#callers.set(service, caller)
    const answer = caller.run(() => this.#switchboard.call(ref, request, timeoutMs))
    if (!answer) {
      const most = this.#calling.concurrency + this.#calling.queue
      throw new OverloadedError(
        service,
        `This node waits for ${most} answers of "${service}" already`,
      )
    }
    try {
      return await answer
    } finally {
      if (caller.load === 0) this.#callers.delete(service)
    }
  }

  tell(ref: Ref, request: Message): void {
    this.#switchboard.cast(ref, request)
  }

  monitor(service: string, listener: (change: ServiceChange) => void): () => void {
    const own = (change: ServiceChange) => listener(change)
    const listeners = this.#monitors.get(service) ?? new Set()
    this.#monitors.set(service, listeners.add(own))
    return () => {
      if (listeners.delete(own) && listeners.size === 0) this.#monitors.delete(service)
    }
  }

  offer(kind: string, options: Kind): Registered {
    return this.#placements.offer(kind, options)
  }

  place(kind: string, id: string, options?: PlaceOptions): Promise<Ref> {
    return this.#placements.place(kind, id, options)
  }

  lookup(kind: string, id: string): Ref | undefined {
    return this.#placements.lookup(kind, id)
  }

  end(ref: Ref): Promise<void> {
    return this.#placements.end(ref)
  }

  async stop(): Promise<void> {
    await this.#placements.stop()
    this.#registry.stop()
    await this.#tracker.stop({ goodbye: true })
    this.#switchboard.stop()
  }

  #choose(service: string, route: Route, without?: Instance): Instance {
    const instances = this.list(service).filter(({ ref }) => !without || !sameRef(ref, without.ref))
    if (instances.length === 0) throw new NoServiceError(service, `Nobody offers "${service}"`)
    return route(instances, {
      random: this.#random,
      asked: ({ ref }) => this.#switchboard.asked(ref),
    })
  }

  #hear(diff: Diff): void {
    for (const change of changesIn(diff)) {
      const { ref } = change.instance
      if (change.is === 'left') this.#switchboard.gone(ref)
      if (change.is === 'joined') this.#placements.resolve(ref.service, ref.id)
      for (const listener of this.#monitors.get(ref.service) ?? []) {
        try {
          listener(change)
        } catch (error) {
          this.#log('error', `Who monitors "${ref.service}" failed: ${reasonOf(error)}`)
        }
      }
    }
  }
}
