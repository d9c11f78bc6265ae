import { type ClientChannel, type ClientError, type ClientPush } from '@showrunner/channels/client'
import { type ShowChannel } from '../../../src/channels/show-channel.ts'
import { liveChannel } from '../live-page-socket.ts'
import { words } from './words.ts'

const BROWSER = 'live-show:browser'

export type ShowClient = ClientChannel<typeof ShowChannel>

export function showClient(topic: string): ShowClient {
  return liveChannel<typeof ShowChannel>(topic, { browser: browserId() })
}

/** What became of something that was sent: why not, in words for who sent it. */
export async function outcome<T>(push: ClientPush<T>): Promise<string | undefined> {
  return new Promise((resolve) => {
    push
      .receive('ok', () => resolve(undefined))
      .receive('error', ({ reason }: ClientError) =>
        resolve(reason === undefined ? words.notDone : words.refused(reason)),
      )
      .receive('timeout', () => resolve(words.noAnswer))
  })
}

/** All tabs of a browser are one visitor. One that keeps nothing has a new number each time. */
function browserId(): string {
  const fresh = crypto.randomUUID()
  try {
    const known = localStorage.getItem(BROWSER)
    if (known) return known
    localStorage.setItem(BROWSER, fresh)
  } catch {
    // Storage is off: this tab is counted by itself.
  }
  return fresh
}
