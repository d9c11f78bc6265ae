import { after, before, describe } from 'node:test'
import { WebSocket } from 'ws'
import { clientContract } from './testing/client-contract.ts'
import { ALL, everyClient } from './testing/every-client.ts'
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

everyClient(playing)

describe('phoenix 1.8 over a WebSocket of `ws`', () => {
  clientContract(ALL, playing('phoenix', { transport: 'websocket' }, WebSocket))
})
