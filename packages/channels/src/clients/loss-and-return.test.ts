import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { WebSocket } from 'ws'
import { guest, type Guest, type GuestOptions } from './testing/guest.ts'
import { openHouse, type House, type HouseOptions } from './testing/house.ts'
import { libraryOf, type LibraryName } from './testing/libraries.ts'
import { type Speech } from './testing/library.ts'
import { Seen } from './testing/seen.ts'
import { tcpProxy, type TcpProxyOptions } from './testing/tcp-proxy.ts'

const ROOM = 'room:lobby'
/** Long enough for a machine that does much else, or those who are there would be taken for gone. */
const SILENT_MS = 1_500

async function opened(t: TestContext, options: HouseOptions = {}): Promise<House> {
  const house = await openHouse(options)
  t.after(() => house.close())
  return house
}

async function wired(t: TestContext, options: TcpProxyOptions) {
  const proxy = await tcpProxy(options)
  t.after(() => proxy.close())
  return { ...proxy, endPoint: `ws://127.0.0.1:${proxy.port}/socket` }
}

type Coming = Omit<Partial<GuestOptions>, 'library'> & { endPoint: string; name: string }

async function comes(t: TestContext, library: LibraryName, coming: Coming): Promise<Guest> {
  const one = await guest({
    transport: 'websocket',
    room: ROOM,
    ...coming,
    library: libraryOf(library),
  })
  t.after(() => one.leave())
  return one
}

async function outlivesARestart(t: TestContext, library: LibraryName, speech: Speech) {
  const before = await openHouse()
  const { endPoint, port } = before
  const ada = await comes(t, library, { endPoint, name: 'ada', ...speech })
  const bob = await comes(t, library, { endPoint, name: 'bob', ...speech })
  await Promise.all([ada, bob].map((one) => one.sees({ ada: [''], bob: [''] })))
  const refs = ada.present.refs()

  await before.close()
  assert.equal(before.sockets.count, 0)
  const after = await opened(t, { port })
  await Promise.all([ada.joins.count(2), bob.joins.count(2)])
  await ada.present.lists.until(
    () => ada.present.refs().length === 2 && !ada.present.refs().some((ref) => refs.includes(ref)),
  )

  assert.deepEqual(after.present(ROOM), ['ada', 'bob'])
  assert.deepEqual(await bob.say('still here'), ['ok', { said: 'still here' }])
  await ada.said.count(1)
  return ada
}

describe('A server that is restarted', () => {
  it('has its clients back, who were told to come again', async (t) => {
    const ada = await outlivesARestart(t, 'phoenix', { transport: 'websocket' })
    assert.equal(ada.codes.all[0], 1012)
  })

  it('has those of 1.7 back', async (t) => {
    const ada = await outlivesARestart(t, 'phoenix-1.7', { transport: 'websocket' })
    assert.equal(ada.codes.all[0], 1012)
  })

  it('has those of 1.2 back', async (t) => {
    const ada = await outlivesARestart(t, 'phoenix-1.2', { transport: 'websocket' })
    assert.equal(ada.codes.all[0], 1012)
  })

  it('has those back that poll', async (t) => {
    await outlivesARestart(t, 'phoenix', { transport: 'longpoll' })
  })

  it('has those of 1.7 back that poll', async (t) => {
    await outlivesARestart(t, 'phoenix-1.7', { transport: 'longpoll' })
  })

  it('has those of 1.2 back that poll', async (t) => {
    await outlivesARestart(t, 'phoenix-1.2', { transport: 'longpoll' })
  })
})

describe('A server that ends', () => {
  it('waits for nobody who comes while it does', async (t) => {
    const log = new Seen<string>()
    const house = await openHouse({ log: (_level, message) => log.add(message) })
    const address = `${house.endPoint}/websocket?vsn=2.0.0`
    const deaf = new WebSocket(address)
    t.after(() => deaf.terminate())
    await once(deaf, 'open')
    deaf.pause()

    const closed = house.close()
    await log.until((all) => all.some((message) => message.startsWith('Sent 1 client')))
    const late = new WebSocket(address)
    const [error] = await once(late, 'error')
    await closed

    assert.match(String(error), /503|ECONNREFUSED|hang up|ECONNRESET/)
  })
})

describe('A network that fails', () => {
  it('takes a client away when its connection ends, and brings it back', async (t) => {
    const { port, endPoint } = await opened(t)
    const wire = await wired(t, { port })
    const bob = await comes(t, 'phoenix', { endPoint, name: 'bob' })
    const ada = await comes(t, 'phoenix', { endPoint: wire.endPoint, name: 'ada' })
    await bob.sees({ ada: [''], bob: [''] })

    wire.cut()
    await bob.sees({ bob: [''] })
    await bob.say('unheard')
    wire.heal()
    await bob.sees({ ada: [''], bob: [''] })
    await ada.sees({ ada: [''], bob: [''] })
    await bob.say('heard')

    assert.deepEqual(await ada.said.count(1), ['heard'])
  })

  it('takes a client away when neither side hears the other, and brings it back', async (t) => {
    const { port, endPoint } = await opened(t, { limits: { silentMs: SILENT_MS } })
    const wire = await wired(t, { port })
    const bob = await comes(t, 'phoenix', { endPoint, name: 'bob' })
    const options = { heartbeatIntervalMs: 500 }
    const ada = await comes(t, 'phoenix', { endPoint: wire.endPoint, name: 'ada', options })
    await bob.sees({ ada: [''], bob: [''] })

    wire.silence()
    await bob.sees({ bob: [''] })
    wire.heal()
    await bob.sees({ ada: [''], bob: [''] })
    await ada.sees({ ada: [''], bob: [''] })

    assert.deepEqual(await ada.say('here again'), ['ok', { said: 'here again' }])
  })

  it('costs a client that polls nothing when it is short', async (t) => {
    const { port, endPoint } = await opened(t)
    const wire = await wired(t, { port })
    const bob = await comes(t, 'phoenix', { endPoint, name: 'bob' })
    const ada = await comes(t, 'phoenix', {
      endPoint: wire.endPoint,
      name: 'ada',
      transport: 'longpoll',
    })
    await bob.sees({ ada: [''], bob: [''] })

    wire.silence()
    await bob.say('meanwhile')
    wire.heal()

    assert.deepEqual(await ada.said.count(1), ['meanwhile'])
    assert.equal(ada.joins.all.length, 1)
  })
})

describe('A WebSocket that does not come through', () => {
  const isUpgrade = (words: string) => words.includes('/websocket')

  async function fallsBack(t: TestContext, library: LibraryName, judged: 'end' | 'silence') {
    const { port } = await opened(t)
    const judge = (words: string) => (isUpgrade(words) ? judged : 'through')
    const { endPoint } = await wired(t, { port, judge })
    const ada = await comes(t, library, {
      endPoint,
      name: 'ada',
      options: { longPollFallbackMs: 200, transport: undefined },
    })
    assert.deepEqual(await ada.say('by polling'), ['ok', { said: 'by polling' }])
    assert.deepEqual(await ada.said.count(1), ['by polling'])
  }

  it('is replaced by polling when it is refused', (t) => fallsBack(t, 'phoenix', 'end'))
  it('is replaced by polling when it is swallowed', (t) => fallsBack(t, 'phoenix', 'silence'))
  it('is replaced in 1.7 when it is refused', (t) => fallsBack(t, 'phoenix-1.7', 'end'))
  it('is replaced in 1.7 when it is swallowed', (t) => fallsBack(t, 'phoenix-1.7', 'silence'))
})

describe('A client that sleeps', () => {
  it('is gone for the others, and back when it wakes', async (t) => {
    const { endPoint, sockets } = await opened(t, { limits: { silentMs: SILENT_MS } })
    const bob = await comes(t, 'phoenix', { endPoint, name: 'bob' })
    const sleeper = fork(join(import.meta.dirname, 'testing/sleeper.ts'), [endPoint, ROOM, 'ada'], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    t.after(() => sleeper.kill('SIGKILL'))
    await bob.sees({ ada: [''], bob: [''] })

    sleeper.kill('SIGSTOP')
    await bob.sees({ bob: [''] })
    assert.equal(sockets.count, 1)
    sleeper.kill('SIGCONT')
    await bob.sees({ ada: [''], bob: [''] })

    const heard = once(sleeper, 'message')
    await bob.say('good morning')
    assert.deepEqual((await heard)[0], 'good morning')
  })
})
