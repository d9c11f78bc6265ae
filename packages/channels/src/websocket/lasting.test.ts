import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openClient } from './testing/client.ts'
import { openSite, Room, type Site } from './testing/site.ts'
import { CLOSE, codeOf, frame, openWire, PING, PONG, TEXT } from './testing/wire.ts'

const HALF = 30_000
const HEARTBEAT = frame(TEXT, '[null,"1","phoenix","heartbeat",{}]')

describe('a client that is silent', () => {
  it('is asked after half of the time, and closed with 1001 when it does not answer', async (t) => {
    const site = await openSite(t)
    const wire = openWire(site)
    await wire.head

    site.time.pass(HALF)
    const ping = await wire.next(PING)
    site.time.pass(HALF)
    const close = await wire.next(CLOSE)

    assert.equal(ping.data.length, 0)
    assert.equal(codeOf(close), 1001)
    assert.equal(site.sockets.count, 0)
  })

  it('stays when it answers, though it says nothing else', async (t) => {
    const site = await openSite(t)
    const wire = openWire(site)
    await wire.head

    for (let round = 0; round < 3; round += 1) {
      site.time.pass(HALF)
      await wire.next(PING)
      wire.socket.write(Buffer.concat([frame(PONG, ''), frame(PING, 'read?')]))
      await wire.next(PONG)
    }
    site.time.pass(HALF - 1)

    assert.equal(site.sockets.count, 1)
  })

  it('is asked, and not closed, when it was the server that slept', async (t) => {
    const site = await openSite(t)
    const wire = openWire(site)
    await wire.head

    site.time.sleep(10 * HALF)
    await wire.next(PING)
    assert.equal(site.sockets.count, 1)
    site.time.pass(HALF)

    assert.equal(codeOf(await wire.next(CLOSE)), 1001)
  })

  it('may be silent for as long as the site says', async (t) => {
    const site = await openSite(t, { limits: { silentMs: 4000 } })
    const wire = openWire(site)
    await wire.head

    site.time.pass(3999)
    assert.equal(site.sockets.count, 1)
    site.time.pass(1)

    assert.equal(site.sockets.count, 0)
    assert.equal(codeOf(await wire.next(CLOSE)), 1001)
  })

  it('is ended when it does not even answer that it was closed', async (t) => {
    const site = await openSite(t, { limits: { silentMs: 4000 } })
    const wire = openWire(site)
    await wire.head
    const left = new Promise((resolve) => site.app.server.once('close', resolve))

    site.time.pass(4000)
    await wire.next(CLOSE)
    const closing = site.app.close()
    await passUntil(site, closing)

    await left
    await wire.ended
  })
})

describe('a client that does not read', () => {
  it('is dropped when too much waits for it, and the others are told everything at once', async (t) => {
    const unsentBytes = 1024 * 1024
    const site = await openSite(t, { limits: { unsentBytes } })
    const slow = openWire(site, { bytes: frame(TEXT, '["1","1","room:1","phx_join",{}]') })
    await slow.next(TEXT)
    const others = [await openClient(site), await openClient(site)]
    for (const other of others) await other.join('room:1')
    slow.socket.pause()
    const text = 'x'.repeat(256 * 1024)

    let told = 0
    while (site.sockets.count === 3) {
      assert.ok(told < 400, 'it is still there after 100 MB')
      site.sockets.broadcast(Room, 'room:1', 'said', { text })
      told += 1
      for (const other of others) await other.next('said')
    }

    const { code, reason } = (await site.events.take(
      'a close',
      ({ kind }) => kind === 'closed',
    )) as {
      code: number
      reason: string
    }
    assert.deepEqual({ code, reason }, { code: 1013, reason: 'reads too slowly' })
    assert.deepEqual(
      others.map(({ heard }) => heard.all.filter(({ event }) => event === 'said').length),
      [told, told],
    )
    // What waited for it is not kept: it was ended at once.
    slow.socket.resume()
    await slow.ended
  })
})

describe('a client that says too much', () => {
  it('is closed with 1013, and what it goes on saying is not handled', async (t) => {
    const site = await openSite(t, { limits: { messagesAtOnce: 100 } })
    const wire = openWire(site)

    wire.socket.write(Buffer.concat(Array.from({ length: 500 }, () => HEARTBEAT)))
    const close = await wire.next(CLOSE)

    assert.equal(codeOf(close), 1013)
    assert.equal(close.data.toString('utf8', 2), 'too many messages')
    assert.equal(wire.frames.all.filter(({ opcode }) => opcode === TEXT).length, 100)
    assert.equal(site.sockets.count, 0)
  })

  it('is ended when it does not stop, whether it reads or not', async (t) => {
    const site = await openSite(t, { limits: { messagesAtOnce: 100 } })
    const wire = openWire(site)
    const flood = Buffer.concat(Array.from({ length: 1000 }, () => frame(TEXT, '1')))
    const more = (error?: Error | null) => void (error || wire.socket.write(flood, more))
    more()

    await wire.ended

    assert.equal(site.sockets.count, 0)
  })

  it('may say again what it is allowed in a second', async (t) => {
    const site = await openSite(t, { limits: { messagesAtOnce: 3, messagesPerSecond: 2 } })
    const client = await openClient(site)
    for (let beat = 0; beat < 3; beat += 1) await client.settled()

    site.time.pass(1000)
    for (let beat = 0; beat < 2; beat += 1) await client.settled()
    client.say({ topic: 'phoenix', event: 'heartbeat', ref: 'too much' })

    assert.equal((await client.closed).code, 1013)
  })

  it('is ended for a flood of pings', async (t) => {
    const site = await openSite(t)
    const wire = openWire(site)
    await wire.head

    wire.socket.write(Buffer.concat(Array.from({ length: 10_000 }, () => frame(PING, ''))))

    await wire.ended
    assert.equal(site.sockets.count, 0)
  })
})

/** Lets time pass, a second at each turn, until something is done. */
async function passUntil({ time }: Site, done: Promise<unknown>): Promise<void> {
  const isDone = done.then(() => true)
  const turn = () => new Promise<false>((resolve) => setImmediate(() => resolve(false)))
  do time.pass(1000)
  while (!(await Promise.race([isDone, turn()])))
}
