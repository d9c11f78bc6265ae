const IN_16_BITS = 126
const IN_64_BITS = 127
const TEXT = 1

/** Takes apart what a server sends: whole text frames, of which nothing is copied unless they come in parts. */
export class FrameReader {
  readonly #told: (bytes: Buffer, from: number, to: number) => void
  #rest: Buffer | undefined

  constructor(told: (bytes: Buffer, from: number, to: number) => void) {
    this.#told = told
  }

  read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    this.#rest = undefined
    let at = 0
    while (at < bytes.length) {
      const end = this.#frame(bytes, at)
      if (end === undefined) break
      at = end
    }
    if (at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at))
  }

  /** Where the frame ends that begins here; undefined if it is not all there. */
  #frame(bytes: Buffer, at: number): number | undefined {
    const short = bytes[at + 1]
    if (short === undefined) return undefined
    const head = short === IN_16_BITS ? 4 : short === IN_64_BITS ? 10 : 2
    if (at + head > bytes.length) return undefined
    const length =
      head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6)
    const end = at + head + length
    if (end > bytes.length) return undefined
    if (((bytes[at] ?? 0) & 15) === TEXT) this.#told(bytes, at + head, end)
    return end
  }
}
