import { type Version } from './page-changes.ts'

const MOST_BYTES = 32 * 1024 * 1024

/** How open pages were before, for those who were away: of all pages together so many bytes, and the oldest go first. */
export class PastVersions {
  readonly #mostBytes: number
  readonly #kept = new Map<Version, (version: Version) => void>()
  #bytes = 0

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes
  }

  /** `forget` is told when there is no more room for it. */
  add(version: Version, forget: (version: Version) => void): void {
    this.remove(version)
    this.#kept.set(version, forget)
    this.#bytes += version.html.length
    for (const [oldest, forgetOldest] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) return
      this.remove(oldest)
      forgetOldest(oldest)
    }
  }

  remove(version: Version): void {
    if (this.#kept.delete(version)) this.#bytes -= version.html.length
  }
}
