import { deckScript as de } from '../../../../src/words/de/deck-script.ts'
import { deckScript as en } from '../../../../src/words/en/deck-script.ts'

/** What the deck says, in the language of the page. */
export const words = document.documentElement.lang.toLowerCase().startsWith('de') ? de : en
