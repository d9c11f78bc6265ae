import { type Log, type Message } from '@showrunner/pubsub'
import { NoServiceError, reasonOf } from '../errors.ts'
import { type Instance, type Ref } from './instance.ts'
import { byKey, type Route } from './routes.ts'
import { type Registered, type ServiceOptions } from './registry.ts'
import { type CallOptions, type Services } from './services.ts'

/** Why something that was placed ends: somebody ended it, its node stops, or there was an older one of the same id. */
export type EndReason = 'ended' | 'stopped' | 'conflict'

export interface Placed extends ServiceOptions {
  /** Called once, at the end. */
  readonly end?: (reason: EndReason) => void | Promise<void>
}

export interface Kind {
  readonly start: (id: string, args: Message) => Placed | Promise<Placed>
}

export interface PlaceOptions extends CallOptions {
  readonly args?: Message
  /** By default by the id, so that two who place the same at once ask the same node. */
  readonly route?: Route
}

export interface PlacementParts {
  readonly node: string
  readonly now: () => number
  readonly log: Log
  readonly register: (service: string, id: string, options: ServiceOptions) => Registered
  readonly services: Pick<Services, 'list' | 'call' | 'ask'>
  readonly found: (kind: string, id: string) => readonly Instance[]
}

interface Running {
  readonly registered: Registered
  readonly placed: Placed
}

type Order =
  | { readonly do: 'start'; readonly id: string; readonly args: Message }
  | { readonly do: 'end'; readonly id: string }

/**
 * Things that live on one node, by kind and id. That there is one of each is true in the end, not at every moment: two
 * sides of a network that has split may each have one, and when they meet again the older stays.
 */
export class Placements {
  readonly #parts: PlacementParts
  readonly #running = new Map<string, Promise<Running>>()

  constructor(parts: PlacementParts) {
    this.#parts = parts
  }

  offer(kind: string, { start }: Kind): Registered {
    return this.#parts.register(placing(kind), this.#parts.node, {
      handle: async (request) => {
        const order = request as Order
        if (order.do === 'start')
          return this.#start(kind, order.id, () => start(order.id, order.args))
        await this.#end(kind, order.id, 'ended')
        return null
      },
    })
  }

  async place(
    kind: string,
    id: string,
    { args = null, route = byKey(id), ...options }: PlaceOptions = {},
  ): Promise<Ref> {
    const known = this.lookup(kind, id)
    if (known) return known
    const order: Order = { do: 'start', id, args }
    return (await this.#parts.services.call(placing(kind), order, { ...options, route })) as Ref
  }

  lookup(kind: string, id: string): Ref | undefined {
    return winner(this.#parts.found(kind, id))?.ref
  }

  async end({ service: kind, id, node }: Ref): Promise<void> {
    const there = this.#parts.services.list(placing(kind)).find(({ ref }) => ref.node === node)
    if (!there) throw new NoServiceError(kind, `No node "${node}" offers "${kind}"`)
    const order: Order = { do: 'end', id }
    await this.#parts.services.ask(there.ref, order)
  }

  /** Something of this kind and id has appeared: if it is older than the one here, that ends. */
  resolve(kind: string, id: string): void {
    if (!this.#running.has(name(kind, id))) return
    const first = winner(this.#parts.found(kind, id))
    if (first && first.ref.node !== this.#parts.node) void this.#end(kind, id, 'conflict')
  }

  async stop(): Promise<void> {
    const running = [...this.#running.keys()].map((text) => JSON.parse(text) as [string, string])
    await Promise.all(running.map(([kind, id]) => this.#end(kind, id, 'stopped')))
  }

  async #start(kind: string, id: string, start: () => Placed | Promise<Placed>): Promise<Ref> {
    const elsewhere = this.lookup(kind, id)
    if (elsewhere) return elsewhere
    const running = this.#running.get(name(kind, id)) ?? this.#run(kind, id, start)
    return (await running).registered.ref
  }

  #run(kind: string, id: string, start: () => Placed | Promise<Placed>): Promise<Running> {
    const startedAt = this.#parts.now()
    const running = (async () => {
      const placed = await start()
      const meta = { ...placed.meta, startedAt }
      return { placed, registered: this.#parts.register(kind, id, { ...placed, meta }) }
    })()
    this.#running.set(name(kind, id), running)
    running.catch(() => this.#running.delete(name(kind, id)))
    return running
  }

  async #end(kind: string, id: string, reason: EndReason): Promise<void> {
    const running = this.#running.get(name(kind, id))
    if (!running) return
    this.#running.delete(name(kind, id))
    try {
      const { registered, placed } = await running
      registered.stop()
      await placed.end?.(reason)
    } catch (error) {
      this.#parts.log('error', `"${id}" of "${kind}" did not end well: ${reasonOf(error)}`)
    }
  }
}

/** The oldest, and of those of one age the first by the name of its node: all nodes that see the same agree. */
function winner(instances: readonly Instance[]): Instance | undefined {
  return [...instances].sort((one, other) => {
    const age = Number(one.meta['startedAt']) - Number(other.meta['startedAt'])
    return age || (one.ref.node < other.ref.node ? -1 : 1)
  })[0]
}

function placing(kind: string): string {
  return `place ${kind}`
}

function name(kind: string, id: string): string {
  return JSON.stringify([kind, id])
}
