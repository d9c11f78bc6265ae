import { after, before, describe } from 'node:test'
import { accountJourneys } from './accounts.ts'
import { adminEditingJourneys } from './admin-editing.ts'
import { adminWeekJourneys } from './admin-week.ts'
import { feedJourneys } from './feed.ts'
import { languageJourneys } from './languages.ts'
import { listeningJourneys } from './listening.ts'
import { deckJourneys } from './listening-deck.ts'
import { pageJourneys } from './pages.ts'
import { readingJourneys } from './reading.ts'
import { requestJourneys } from './requests.ts'
import { searchJourneys } from './searching.ts'
import { signInJourneys } from './sign-in.ts'
import { closeSite, openSite } from './visit.ts'

// All on one site, some at a time: each sees the demo network as it was loaded, and what itself changes.
describe('journeys', { concurrency: 3 }, () => {
  before(openSite)
  after(closeSite)

  feedJourneys()
  listeningJourneys()
  deckJourneys()
  pageJourneys()
  readingJourneys()
  searchJourneys()
  languageJourneys()
  signInJourneys()
  accountJourneys()
  requestJourneys()
  adminEditingJourneys()
  adminWeekJourneys()
})
