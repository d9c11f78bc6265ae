import { type Words } from '../words/index.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One or two letters to stand for a face: `Ines Okafor` is `IO`. */
export function initials(name: string): string {
  const parts = name.split(/[\s._-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : parts

  return ends.map((word) => firstLetter(word ?? '')).join('') || firstLetter(name.trim())
}

/** `A`, `A and B`, `A, B and C`. */
export function listOf(names: readonly string[], { lists }: Words): string {
  if (names.length < 2) return names.join('')

  return `${names.slice(0, -1).join(', ')} ${lists.and} ${names.at(-1) ?? ''}`
}

/** `1 episode`, `1,204 episodes` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

function firstLetter(word: string): string {
  // No sign below U+0300 joins the one before it.
  if (word.charCodeAt(0) < 0x300 && !(word.charCodeAt(1) >= 0x300)) {
    return word.charAt(0).toLocaleUpperCase('en')
  }
  for (const { segment } of graphemes.segment(word)) return segment.toLocaleUpperCase('en')

  return ''
}
