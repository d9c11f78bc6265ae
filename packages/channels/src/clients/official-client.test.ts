import { after, before, describe } from 'node:test'
import { WebSocket } from 'ws'
import { clientContract } from './testing/client-contract.ts'
import { openHouse, type House } from './testing/house.ts'
import { libraryOf, type LibraryName } from './testing/libraries.ts'
import { type Speech } from './testing/library.ts'
import { play, type Scenario } from './testing/scenarios.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

let rooms = 0

function playing(name: LibraryName, speech: Speech, webSocket?: unknown) {
  const library = libraryOf(name)
  return async (scenario: Scenario): Promise<unknown> => {
    const room = `room:${++rooms}`
    const { endPoint } = house
    return play(scenario, { library, endPoint, room, ...speech, webSocket })
  }
}

const ALL = {
  sendBytes: true,
  getBytes: true,
  pushMore: true,
  beRefused: true,
  tellJoinsApart: true,
  beat: true,
}
const WITHOUT_BYTES = { ...ALL, sendBytes: false, getBytes: false }
const BY_POLLING = { ...ALL, getBytes: false, beat: false }

describe('phoenix 1.8 over a WebSocket', () => {
  clientContract(ALL, playing('phoenix', { transport: 'websocket' }))
})

describe('phoenix 1.8 over a WebSocket of `ws`', () => {
  clientContract(ALL, playing('phoenix', { transport: 'websocket' }, WebSocket))
})

describe('phoenix 1.8 over a WebSocket, in version 1', () => {
  clientContract(
    { ...WITHOUT_BYTES, tellJoinsApart: false },
    playing('phoenix', { transport: 'websocket', vsn: '1.0.0' }),
  )
})

describe('phoenix 1.8 by long polling', () => {
  clientContract(BY_POLLING, playing('phoenix', { transport: 'longpoll' }))
})

describe('phoenix 1.7 over a WebSocket', () => {
  clientContract(ALL, playing('phoenix-1.7', { transport: 'websocket' }))
})

describe('phoenix 1.7 by long polling', () => {
  clientContract(
    { ...BY_POLLING, pushMore: false },
    playing('phoenix-1.7', { transport: 'longpoll' }),
  )
})

describe('phoenix 1.2 over a WebSocket', () => {
  clientContract(WITHOUT_BYTES, playing('phoenix-1.2', { transport: 'websocket' }))
})

describe('phoenix 1.2 by long polling', () => {
  clientContract(
    { ...BY_POLLING, sendBytes: false, beRefused: false },
    playing('phoenix-1.2', { transport: 'longpoll' }),
  )
})
