import { deckScript as de } from '../../../../src/words/de/deck-script.ts'
import { deckScript as en } from '../../../../src/words/en/deck-script.ts'
import { inPageLanguage } from '../../in-page-language.ts'

/** What the deck says, in the language of the page. */
export const words = inPageLanguage({ en, de })
