import { de } from './de/index.ts'
import { en } from './en/index.ts'
import { type Words } from './words.ts'

export { type Words }
export { en }

const LANGUAGES: Readonly<Record<string, Words>> = { en, de }

/** The texts of the site in a language, `de` or `de-AT`: English where there is no translation. */
export function wordsIn(language: string): Words {
  return LANGUAGES[language.toLowerCase().split('-')[0] ?? ''] ?? en
}
