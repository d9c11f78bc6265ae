import { type FeedError } from '@showrunner/feeds'

const SILENT = ['timed-out', 'unreachable', 'private-address']
const CHANCES = 3

/** A server that does not answer is asked three times, not three hundred. */
export class Patience {
  readonly #silences = new Map<string, number>()
  readonly #passedOver = new Map<string, number>()

  isOver(url: string): boolean {
    const host = hostOf(url)
    if ((this.#silences.get(host) ?? 0) < CHANCES) return false
    this.#passedOver.set(host, (this.#passedOver.get(host) ?? 0) + 1)
    return true
  }

  answered(url: string): void {
    this.#silences.delete(hostOf(url))
  }

  failed(url: string, { code }: FeedError): void {
    if (!SILENT.includes(code)) return
    const host = hostOf(url)
    this.#silences.set(host, (this.#silences.get(host) ?? 0) + 1)
  }

  /** What was not even asked for, in words. */
  complaints(): readonly string[] {
    return [...this.#passedOver].map(
      ([host, count]) =>
        `${host} does not answer; ${count} more documents there were not asked for`,
    )
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}
