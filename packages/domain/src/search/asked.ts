/** What somebody looks for, taken apart: any of the groups. */
export interface Asked {
  /** As it was typed, cut to what is looked at. */
  readonly text: string
  readonly groups: readonly Group[]
}

/** All that is wanted, and nothing of what is not. */
export interface Group {
  readonly wanted: readonly Term[]
  readonly unwanted: readonly Term[]
}

export interface Term {
  readonly words: string
  /** In quotation marks: these words one after the other. */
  readonly isPhrase: boolean
  /** Words that begin so are meant as well. */
  readonly isPrefix: boolean
}

export const LONGEST_TEXT = 200
const MOST_TERMS = 12

// A minus in front of a word takes it out, and quotation marks of any kind hold words together.
const TERM = /(-?)"([^"]*)(?:"|$)|(-?)([^\s"]+)/gu
const WORDS = /[\p{L}\p{N}]/u

/** Reads `deno "web server" or bun -java`. Whatever is written, something is made of it, or nothing is looked for. */
export function readAsked(text: string): Asked {
  const clean = cleaned(text)
  const groups: { wanted: Term[]; unwanted: Term[] }[] = [{ wanted: [], unwanted: [] }]
  let count = 0
  for (const [, minus = '', phrase, dash = '', word = ''] of clean.matchAll(TERM)) {
    const isOut = minus + dash === '-'
    const words = phrase ?? word
    if (phrase === undefined && !isOut && /^(?:or|\|+)$/i.test(words)) {
      groups.push({ wanted: [], unwanted: [] })
    } else if (WORDS.test(words) && count < MOST_TERMS) {
      count += 1
      const term = { words, isPhrase: phrase !== undefined, isPrefix: false }
      const group = groups.at(-1)
      if (isOut) group?.unwanted.push(term)
      else group?.wanted.push(term)
    }
  }
  return { text: clean, groups: groups.filter(({ wanted }) => wanted.length > 0) }
}

const SHORTEST_PREFIX = 3

/** The same, where the last word may go on; undefined where it ends as it stands. */
export function asBeginning({ text, groups }: Asked): Asked | undefined {
  const group = groups.at(-1)
  const last = group?.wanted.at(-1)
  if (!group || !last || last.isPhrase || !text.endsWith(last.words)) return undefined
  const letters = /[\p{L}\p{M}\p{N}]+$/u.exec(last.words)?.[0] ?? ''
  if (letters.length < SHORTEST_PREFIX) return undefined
  const before = last.words.slice(0, -letters.length)
  const wanted = [
    ...group.wanted.slice(0, -1),
    ...(WORDS.test(before) ? [{ ...last, words: before }] : []),
    { ...last, words: letters, isPrefix: true },
  ]
  return { text, groups: [...groups.slice(0, -1), { ...group, wanted }] }
}

const HALF = /[\uD800-\uDBFF]$/

/** As PostgreSQL takes it, which knows neither half a character nor a null. */
export function cleaned(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Z}\uFFFD]+/gu, ' ')
    .replace(/[\u201C-\u201F\u00AB\u00BB]/gu, '"')
    .replace(/(?<=^|\s)[\u2010-\u2015\u2212]/gu, '-')
    .normalize('NFC')
    .slice(0, LONGEST_TEXT)
    .replace(HALF, '')
    .trim()
}
