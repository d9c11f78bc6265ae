import { setTimeout as wait } from 'node:timers/promises'
import { type Pool } from 'pg'
import { type Dialect } from './channels/dialects.ts'
import { RawClient } from './channels/raw-client.ts'
import { EPISODE, PODCAST } from './seed.ts'

const OPEN = 1_000
const CHANGES = 50
const AT_ONCE = 100
/** Changes that follow one another sooner are told together. */
const APART_MS = 400

export interface MorphsBench {
  readonly site: string
  readonly pool: Pool
}

/** How long it takes from a statement, with its commit, to what changes it in every browser that has the page open. */
export async function benchMorphs({ site, pool }: MorphsBench): Promise<string> {
  const page = `/${PODCAST}/${EPISODE}`
  const told = new Told()
  const dialect = dialectOf(page, await versionOf(site + page))
  const port = Number(new URL(site).port)
  while (told.clients < OPEN) {
    await told.more(Array.from({ length: AT_ONCE }, () => new RawClient(port, dialect, told)))
  }

  const before = await rendersAt(site)
  for (let change = 1; change <= CHANGES; change += 1) {
    const heard = told.all()
    await pool.query(
      `update episodes set title = $1 from podcasts
       where podcasts.id = podcast_id and podcasts.slug = $2 and episodes.slug = $3`,
      [`Title number ${change}`, PODCAST, EPISODE],
    )
    await heard
    await wait(APART_MS)
  }
  told.isOver = true
  const renders = ((await rendersAt(site)) - before) / CHANGES
  const sorted = told.took.toSorted((one, other) => one - other)
  const [p50, p99] = [0.5, 0.99].map((share) =>
    sorted[Math.floor(sorted.length * share)]?.toFixed(1),
  )
  return `From an update by hand to each of ${OPEN} open pages: p50 ${p50} ms, p99 ${p99} ms, in messages of ${told.bytes} bytes; ${renders} renders per change.`
}

export class Told {
  readonly took: number[] = []
  bytes = 0
  clients = 0
  /** From then on servers may close connections. */
  isOver = false
  #since = 0
  #left = 0
  #all: (() => void) | undefined

  async more(some: readonly RawClient[]): Promise<void> {
    await Promise.all(some.map((client) => client.opened))
    await Promise.all(some.map((client) => client.join()))
    this.clients += some.length
  }

  /** From now on, until each was told once. */
  all(): Promise<void> {
    this.#since = performance.now()
    this.#left = this.clients
    return new Promise((resolve) => (this.#all = resolve))
  }

  told(_client: RawClient, _bytes: Buffer, from: number, to: number): void {
    this.took.push(performance.now() - this.#since)
    this.bytes = to - from
    this.#left -= 1
    if (this.#left === 0) this.#all?.()
  }

  lost(error: Error): void {
    if (!this.isOver) throw error
  }
}

export function dialectOf(page: string, version: string): Dialect {
  return {
    path: '/socket/websocket?vsn=2.0.0',
    hello: undefined,
    join: JSON.stringify(['1', '1', `page:${page}`, 'phx_join', { version }]),
    isJoined: (text) => text.startsWith('["1","1",') && text.includes('"status":"ok"'),
    echo: '',
  }
}

export async function versionOf(url: string): Promise<string> {
  const html = await (await fetch(url)).text()
  return /data-version="([^"]+)"/.exec(html)?.[1] ?? ''
}

async function rendersAt(site: string): Promise<number> {
  const health = await (await fetch(`${site}/healthz`)).json()
  // What it answers is ours.
  return (health as { readonly pages: { readonly renders: number } }).pages.renders
}
