import { liveScript as de } from '../../../src/words/de/live-script.ts'
import { liveScript as en } from '../../../src/words/en/live-script.ts'
import { inPageLanguage } from '../in-page-language.ts'

/** What the live show says, in the language of the page. */
export const words = inPageLanguage({ en, de })
