import { type Site } from '../../websocket/testing/site.ts'
import { VERSION_2, type Said } from '../../websocket/testing/speech.ts'

export interface Polled {
  readonly status: number
  readonly token?: string
  readonly messages?: readonly string[]
}

/** What a client that polls asks, of whichever node. */
export interface Poller {
  get(asks?: Asks): Promise<Polled>
  post(lines: readonly string[], asks?: Asks): Promise<Polled>
  /** Joins, and has the reply. */
  join(topic: string, ref?: string): Promise<Said>
  /** Polls until there are messages. */
  heard(): Promise<Said[]>
  token: string
}

export interface Asks {
  readonly query?: string
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
}

export function addressOf({ port }: Site, query: string): string {
  return `http://127.0.0.1:${port}/socket/longpoll?${query}`
}

/** A session is opened at the first node, and asked for at the second. */
export async function openPoller(at: Site, through: Site = at, asks: Asks = {}): Promise<Poller> {
  const opened = await fetch(addressOf(at, `vsn=2.0.0&${asks.query ?? ''}&`), asks)
  const { token = '' } = (await opened.json()) as Polled

  const asked = async (asks: Asks, more: RequestInit): Promise<Polled> => {
    const query = asks.query ?? `vsn=2.0.0&token=${poller.token}`
    const answer = await fetch(addressOf(through, query), { ...asks, ...more })
    return (await answer.json()) as Polled
  }
  const poller: Poller = {
    token,
    get: (asks = {}) => asked(asks, {}),
    post: (lines, asks = {}) =>
      asked(asks, {
        method: 'POST',
        body: lines.join('\n'),
        headers: { 'content-type': 'application/x-ndjson', ...asks.headers },
      }),
    async join(topic, ref = '1') {
      await poller.post([
        VERSION_2.write({ joinRef: ref, ref, topic, event: 'phx_join', payload: {} }),
      ])
      const [reply] = await poller.heard()
      return reply as Said
    },
    async heard() {
      const { messages = [] } = await poller.get()
      return messages.length > 0
        ? messages.map((message) => VERSION_2.read(message))
        : poller.heard()
    },
  }
  return poller
}
