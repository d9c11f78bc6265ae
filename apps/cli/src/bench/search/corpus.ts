/** Numbers that look like chance, the same in each run. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

// Of English speech about half is these, in about this order, and none of it is looked for.
const EVERYWHERE =
  'the and to a of that you i it in is so we have for this but on be are with like what they just was do not can as about if or how there my at all from your an then them more some when one which out he up would has because by were into who she will had their our been'.split(
    ' ',
  )

const ONSETS =
  'b c d f g h k l m n p r s t v w br cl dr fl gr pl pr sc sh sl sp st str th tr'.split(' ')
const VOWELS = 'a e i o u ai ea ee io ou'.split(' ')
const CODAS = ['', '', '', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'ct', 'st', 'rk']

export const MEANINGFUL_WORDS = 60_000

/** Words as people speak them: the nth is as frequent as one in n, as in any language. */
export class Speech {
  readonly #random: () => number
  readonly words: readonly string[]
  readonly #log = Math.log(MEANINGFUL_WORDS + 10)

  constructor(seed: number) {
    this.#random = chance(seed)
    const made = new Set<string>()
    while (made.size < MEANINGFUL_WORDS) made.add(this.#made())
    this.words = [...made]
  }

  random(): number {
    return this.#random()
  }

  /** Any meaningful word, as often as it is spoken. */
  meaningful(): string {
    const rank =
      Math.floor(Math.exp(this.#random() * (this.#log - Math.log(10)) + Math.log(10))) - 10
    return this.words[Math.min(rank, MEANINGFUL_WORDS - 1)] ?? 'word'
  }

  /** A word of a rank between these, each octave as likely as another: as people look for words. */
  lookedFor(from: number, to: number): string {
    const rank = Math.exp(Math.log(from) + this.#random() * (Math.log(to) - Math.log(from)))
    return this.words[Math.floor(rank)] ?? 'word'
  }

  sentence(length: number): string {
    const said: string[] = []
    let letters = 0
    while (letters < length) {
      const word =
        this.#random() < 0.5
          ? (EVERYWHERE[Math.floor(this.#random() ** 2 * EVERYWHERE.length)] ?? 'the')
          : this.meaningful()
      said.push(word)
      letters += word.length + 1
    }
    return `${said.join(' ')}.`
  }

  #made(): string {
    const syllables = 1 + Math.floor(this.#random() * 3) + (this.#random() < 0.3 ? 1 : 0)
    let word = ''
    for (let index = 0; index < syllables; index += 1) {
      word += this.#one(ONSETS) + this.#one(VOWELS)
    }
    return (word + this.#one(CODAS)).padEnd(4, 'e')
  }

  #one(parts: readonly string[]): string {
    return parts[Math.floor(this.#random() * parts.length)] ?? ''
  }
}

/** As somebody types it in a hurry: two letters swapped, one left out, or one too many. */
export function mistyped(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2))
  const [before, one, other] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1)]
  const after = word.slice(at + 2)
  const ways = [
    before + other + one + after,
    before + other + after,
    before + one + one + other + after,
  ]
  return ways[Math.floor(random() * ways.length)] ?? word
}
