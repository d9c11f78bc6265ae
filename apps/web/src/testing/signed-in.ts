import { type Repo } from '@showrunner/data'
import { startSession } from '@showrunner/domain/accounts'
import { type Person } from '@showrunner/domain/people'
import { NOW, PUBLIC_URL } from './test-app.ts'

/** What a browser sends along with a form of ours. */
export const HERE = { origin: PUBLIC_URL, 'sec-fetch-site': 'same-origin' }

/** The same, from a browser this person is signed in with. */
export async function signedIn(repo: Repo, person: Person, userAgent = 'Firefox/140.0 (Linux)') {
  const { token } = await startSession(repo, person, { userAgent }, NOW)
  return { ...HERE, cookie: `showrunner_session=${token}` }
}
