import { describe } from 'node:test'
import { clientContract, type Can, type Play } from './client-contract.ts'
import { type LibraryName } from './libraries.ts'
import { type Speech } from './library.ts'

/** What a client of today does over a WebSocket. */
export const ALL: Can = {
  sendBytes: true,
  getBytes: true,
  pushMore: true,
  beRefused: true,
  tellJoinsApart: true,
  beat: true,
}
const WITHOUT_BYTES = { ...ALL, sendBytes: false, getBytes: false }
const BY_POLLING = { ...ALL, getBytes: false, beat: false }

/** The official clients, new and old, by each transport and in each version that they speak. */
export function everyClient(playing: (name: LibraryName, speech: Speech) => Play): void {
  const client = (title: string, can: Can, name: LibraryName, speech: Speech) =>
    describe(title, () => clientContract(can, playing(name, speech)))

  void client('phoenix 1.8 over a WebSocket', ALL, 'phoenix', { transport: 'websocket' })
  void client(
    'phoenix 1.8 over a WebSocket, in version 1',
    { ...WITHOUT_BYTES, tellJoinsApart: false },
    'phoenix',
    { transport: 'websocket', vsn: '1.0.0' },
  )
  void client('phoenix 1.8 by long polling', BY_POLLING, 'phoenix', { transport: 'longpoll' })
  void client('phoenix 1.7 over a WebSocket', ALL, 'phoenix-1.7', { transport: 'websocket' })
  void client('phoenix 1.7 by long polling', { ...BY_POLLING, pushMore: false }, 'phoenix-1.7', {
    transport: 'longpoll',
  })
  void client('phoenix 1.2 over a WebSocket', WITHOUT_BYTES, 'phoenix-1.2', {
    transport: 'websocket',
  })
  void client(
    'phoenix 1.2 by long polling',
    { ...BY_POLLING, sendBytes: false, beRefused: false },
    'phoenix-1.2',
    { transport: 'longpoll' },
  )
}
