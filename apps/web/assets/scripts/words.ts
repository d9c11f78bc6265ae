import { browser as de } from '../../src/words/de/browser.ts'
import { browser as en } from '../../src/words/en/browser.ts'
import { inPageLanguage } from './in-page-language.ts'

/** What scripts say, in the language of the page. */
export const words = inPageLanguage({ en, de })
