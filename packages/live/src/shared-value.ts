import { isDeepStrictEqual } from 'node:util'
import { type Captured } from './capture.ts'
import { type Change } from './change.ts'
import { touches } from './dependency.ts'

const MOST_READINGS = 5

/** What somebody was given, and which version that is: none where it was in doubt before it was there. */
export interface Given {
  readonly value: unknown
  readonly version: number | undefined
}

/** What many pages have in common, read once for all: they are stale when it is another, and not whenever it may be. */
export class SharedValue {
  readonly name: string
  readonly #read: () => Promise<Captured<unknown>>
  readonly #settled: (captured: Captured<unknown>, isOther: boolean) => void
  #current: { readonly value: unknown; readonly until: number } | undefined
  #isSure = false
  /** Grows when it is another. */
  version = 0
  #reading: Promise<Given> | undefined
  /** Grows when it may be another: a reading that began before is not kept. */
  #doubts = 0
  /** While it is read nobody knows yet what it depends on. */
  #heard: Change[] = []

  /** `settled` is told of what was read, before anybody gets it. */
  constructor(
    name: string,
    read: () => Promise<Captured<unknown>>,
    settled: (captured: Captured<unknown>, isOther: boolean) => void,
  ) {
    this.name = name
    this.#read = read
    this.#settled = settled
  }

  /** When it is another by the clock alone. */
  get until(): number {
    return this.#current?.until ?? Infinity
  }

  isSure(now: () => Date): boolean {
    return this.#isSure && (this.until === Infinity || now().getTime() < this.until)
  }

  doubt(): void {
    this.#isSure = false
    this.#doubts += 1
  }

  /** Told of each change, whatever it is of. */
  heard(change: Change): void {
    if (this.#reading) this.#heard.push(change)
  }

  /** As it is now. */
  async get(now: () => Date): Promise<Given> {
    if (this.isSure(now)) return { value: this.#current?.value, version: this.version }
    this.#reading ??= this.#readAnew().finally(() => {
      this.#reading = undefined
      this.#heard = []
    })
    return this.#reading
  }

  async #readAnew(): Promise<Given> {
    for (let reading = 1; ; reading += 1) {
      const doubts = this.#doubts
      this.#heard = []
      const captured = await this.#read()
      const { outcome, until } = captured
      if (!outcome.ok) throw outcome.error
      if (doubts !== this.#doubts || this.#isOvertaken(captured)) {
        if (reading < MOST_READINGS) continue
        return { value: outcome.value, version: undefined }
      }
      const isOther = !isDeepStrictEqual(this.#current?.value, outcome.value)
      const value = isOther ? outcome.value : this.#current?.value
      this.#current = { value, until: until?.getTime() ?? Infinity }
      this.#isSure = true
      if (isOther) this.version += 1
      this.#settled(captured, isOther)
      return { value, version: this.version }
    }
  }

  #isOvertaken({ dependencies }: Captured<unknown>): boolean {
    return this.#heard.some((change) => dependencies.some((one) => touches(one, change)))
  }
}
