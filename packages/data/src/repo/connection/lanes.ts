import { Client, type ClientConfig, DatabaseError } from 'pg'

import { plainStatement, type Statement } from '../../query/statement.ts'
import { type Connection, type Database, type Times } from './connection.ts'
import { type RawResult, send } from './wire.ts'

/** A connection on which statements follow each other without waiting for the answers between them. */
interface Lane {
  readonly client: Client
  /** Sent, and not answered. */
  underWay: number
  answeredAt: number
  /** Lent to a transaction. */
  taken: boolean
}

/** Somebody who needs a lane. One of the two is called, once, and `start` claims the lane at once. */
interface Waiting {
  readonly quick: boolean
  readonly start: (lane: Lane) => void
  readonly refuse: (error: unknown) => void
}

const QUICK_MS = 2
const MOST_TOGETHER = 24

/**
 * The repo's own connections. A statement takes one that is idle, so that the branches of a page run
 * side by side; when none is, it follows others on the least busy one. Statements that are known to be
 * quick and are sent in one turn of the event loop go together on one: a packet costs more than they do.
 */
export class Lanes implements Database {
  readonly #config: ClientConfig
  readonly #most: number
  readonly #lanes = new Set<Lane>()
  readonly #queue: Waiting[] = []
  /** The lane that quick statements go on in this turn of the event loop. */
  #current: Lane | undefined
  #opening = 0
  #closed = false
  #whenIdle: (() => void) | undefined

  constructor(config: ClientConfig, most: number) {
    this.#config = { ...config, pipeline: true }
    this.#most = most
  }

  run(statement: Statement, values: readonly unknown[], times?: Times): Promise<RawResult> {
    const result = this.#runOnce(statement, values, times)
    return statement.name === undefined
      ? result
      : result.catch((error: unknown) => {
          if (isOutdated(error)) return this.#runOnce(plainStatement(statement.text), values, times)
          throw error
        })
  }

  #runOnce(
    statement: Statement,
    values: readonly unknown[],
    times: Times | undefined,
  ): Promise<RawResult> {
    const quick = (statement.usually ?? Infinity) < QUICK_MS
    return new Promise((resolve, refuse) => {
      const start = (lane: Lane): void => {
        this.#sendOn(lane, statement, values, times).then(resolve, refuse)
      }
      this.#request({ quick, start, refuse })
    })
  }

  async alone<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const lane = await new Promise<Lane>((resolve, refuse) => {
      const start = (free: Lane): void => {
        free.taken = true
        resolve(free)
      }
      this.#request({ quick: false, start, refuse })
    })
    try {
      return await work({ run: (...call) => this.#sendOn(lane, ...call) })
    } finally {
      lane.taken = false
      this.#goOn()
    }
  }

  /** Takes nothing more, and lets what is under way come to its end. */
  async close(): Promise<void> {
    this.#closed = true
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve
      this.#goOn()
    })
    await Promise.all([...this.#lanes].map(({ client }) => client.end()))
  }

  #request(waiting: Waiting): void {
    if (this.#closed) {
      waiting.refuse(new Error('the repo is closed, so it runs nothing any more'))
      return
    }
    const current = waiting.quick ? this.#current : undefined
    if (current && !current.taken && current.underWay < MOST_TOGETHER) {
      waiting.start(current)
      return
    }
    const lane = this.#leastBusy()
    const idle = lane?.underWay === 0
    if (!idle && this.#lanes.size + this.#opening < this.#most) void this.#open()
    if (!lane || !(idle || waiting.quick || this.#opening === 0)) {
      this.#queue.push(waiting)
      return
    }
    if (waiting.quick) this.#gatherOn(lane)
    waiting.start(lane)
  }

  #leastBusy(): Lane | undefined {
    let least: Lane | undefined
    for (const lane of this.#lanes) {
      if (lane.taken) continue
      if (lane.underWay === 0) return lane
      if (!least || lane.underWay < least.underWay) least = lane
    }
    return least
  }

  #gatherOn(lane: Lane): void {
    if (!this.#current) process.nextTick(() => (this.#current = undefined))
    this.#current = lane
  }

  /** Something became free. */
  #goOn(): void {
    this.#serveQueue()
    const busy = [...this.#lanes].some(({ underWay, taken }) => underWay > 0 || taken)
    if (this.#queue.length === 0 && this.#opening === 0 && !busy) this.#whenIdle?.()
  }

  #serveQueue(): void {
    let [first] = this.#queue
    while (first) {
      const lane = this.#leastBusy()
      // One that may be slow had better wait for the connection that is being opened.
      if (!lane || (lane.underWay > 0 && !first.quick && this.#opening > 0)) return
      this.#queue.shift()
      first.start(lane)
      first = this.#queue[0]
    }
  }

  async #open(): Promise<void> {
    const client = new Client(this.#config)
    const lane: Lane = { client, underWay: 0, answeredAt: 0, taken: false }
    client.on('error', () => this.#lanes.delete(lane))
    client.on('end', () => this.#lanes.delete(lane))
    this.#opening += 1
    const failure = await client.connect().then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    this.#opening -= 1
    if (!failure) this.#lanes.add(lane)
    else if (this.#lanes.size === 0 && this.#opening === 0) {
      for (const waiting of this.#queue.splice(0)) waiting.refuse(failure.error)
    }
    this.#goOn()
  }

  async #sendOn(
    lane: Lane,
    statement: Statement,
    values: readonly unknown[],
    times?: Times,
  ): Promise<RawResult> {
    lane.underWay += 1
    const sentAt = performance.now()
    try {
      return await send(lane.client, statement, values)
    } catch (error) {
      // The server, or the network, is about to end this connection.
      if (!(error instanceof DatabaseError) || error.severity === 'FATAL') this.#lanes.delete(lane)
      throw error
    } finally {
      lane.underWay -= 1
      const now = performance.now()
      // What it took by itself: it may have waited for others on this lane.
      const startedAt = Math.max(sentAt, lane.answeredAt)
      const took = now - startedAt
      if (times) times.sentAt = startedAt
      lane.answeredAt = now
      statement.usually = ((statement.usually ?? took) * 4 + took) / 5
      if (this.#queue.length > 0 || this.#closed) this.#goOn()
    }
  }
}

/** What was prepared is gone, or a migration since then gave a column another type. Nothing has run. */
function isOutdated(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false
  return error.code === '26000' || (error.code === '0A000' && error.message.includes('cached plan'))
}
