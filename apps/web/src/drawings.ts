import { buffer } from 'node:stream/consumers'
import { pictureOfWidth } from '@showrunner/domain/uploads'
import { type Storage } from '@showrunner/storage'

const MOST_BYTES = 32 * 1024 * 1024
/** At a time: each takes a core for a moment. */
const MOST_AT_ONCE = 2
const LARGEST_ARTWORK = 20_000_000
const ARTWORK_WIDTH = 1200
const UPLOADS = '/uploads/'

/** What is drawn for those who ask, and kept in memory: what was asked for longest ago goes first. One is drawn once, whoever asks meanwhile. */
export class Drawings {
  readonly #kept = new Map<string, Buffer>()
  readonly #underWay = new Map<string, Promise<Buffer>>()
  readonly #waiting: (() => void)[] = []
  #bytes = 0
  #drawing = 0

  async get(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const kept = this.#kept.get(key)
    if (kept) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      return kept
    }
    const known = this.#underWay.get(key)
    if (known) return known
    const drawn = this.#draw(key, draw).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, drawn)
    return drawn
  }

  async #draw(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    if (this.#drawing >= MOST_AT_ONCE) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#drawing += 1
    try {
      return this.#keep(key, await draw())
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#drawing -= 1
    }
  }

  #keep(key: string, drawn: Buffer): Buffer {
    this.#kept.set(key, drawn)
    this.#bytes += drawn.length
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= MOST_BYTES || oldest === key) break
      this.#kept.delete(oldest)
      this.#bytes -= length
    }
    return drawn
  }
}

/** A picture that was uploaded here; undefined for one elsewhere, which nobody is sent to fetch because a page was asked for. */
export async function readArtwork(
  storage: Storage,
  address: string | null,
): Promise<Buffer | undefined> {
  if (!address?.startsWith(UPLOADS)) return undefined
  const sized = pictureOfWidth(address, ARTWORK_WIDTH)
  const opened = await storage.open(decodeURI(sized.slice(UPLOADS.length))).catch(() => undefined)
  if (!opened) return undefined
  if (opened.stored.bytes > LARGEST_ARTWORK) {
    opened.stream.destroy()
    return undefined
  }
  return buffer(opened.stream)
}
