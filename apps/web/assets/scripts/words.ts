import { browser as de } from '../../src/words/de/browser.ts'
import { browser as en } from '../../src/words/en/browser.ts'

/** What scripts say, in the language of the page. */
export const words = document.documentElement.lang.toLowerCase().startsWith('de') ? de : en
