import { type Session, type SessionWithPerson } from '@showrunner/domain/accounts'
import { addresses } from '../addresses.ts'
import { browserWords } from './browser-words.ts'
import { moment, type Moment } from './dates.ts'
import { type Site } from './frame.ts'
import { noticePage, type NoticePage } from './notice-page.ts'

export interface SessionsPage extends NoticePage {
  readonly name: string
  readonly email: string | null
  readonly sessions: readonly SessionLine[]
}

interface SessionLine {
  readonly browser: string
  readonly isHere: boolean
  readonly began: Moment
  readonly seen: Moment
  readonly endAction: string
}

export function sessionsPage(
  site: Site,
  here: SessionWithPerson,
  all: readonly Session[],
): SessionsPage {
  const { name, email } = here.person
  const { words } = site
  // The one that is looking comes first.
  const ordered = [
    ...all.filter(({ id }) => id === here.id),
    ...all.filter(({ id }) => id !== here.id),
  ]

  return {
    ...noticePage(site, words.account.sessions.title, addresses.sessions),
    name,
    email,
    sessions: ordered.map(({ id, userAgent, insertedAt, lastSeenAt }) => ({
      browser: browserWords(userAgent, words),
      isHere: id === here.id,
      began: moment(insertedAt, words),
      seen: moment(lastSeenAt, words),
      endAction: addresses.endSession(id),
    })),
  }
}
