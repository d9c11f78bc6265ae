import { PRESENCE_TOPIC, TEXT, TOPIC, type Subject } from './subjects.ts'

/** How a client speaks with one of the servers. */
export interface Dialect {
  readonly path: string
  /** What is sent first, if anything, when the server has said the first; the server answers it before it is asked to join. */
  readonly hello: string | undefined
  readonly join: string
  /** Whether this is the answer to the join. */
  isJoined(text: string): boolean
  readonly echo: string
}

const phoenix = (path: string, topic: string): Dialect => ({
  path,
  hello: undefined,
  join: JSON.stringify(['1', '1', topic, 'phx_join', {}]),
  isJoined: (text) => text.startsWith('["1","1",') && text.includes('"status":"ok"'),
  echo: JSON.stringify(['1', '2', topic, 'echo', { text: TEXT }]),
})

const PATH = '/socket/websocket?vsn=2.0.0'

export const DIALECTS: Record<Subject | 'presence', Dialect> = {
  channels: phoenix(PATH, TOPIC),
  ws: phoenix(PATH, TOPIC),
  presence: phoenix(PATH, PRESENCE_TOPIC),
  'Socket.IO': {
    path: '/socket.io/?EIO=4&transport=websocket',
    hello: '40',
    join: `421${JSON.stringify(['join', TOPIC])}`,
    isJoined: (text) => text.startsWith('431'),
    echo: `422${JSON.stringify(['echo', { text: TEXT }])}`,
  },
}
