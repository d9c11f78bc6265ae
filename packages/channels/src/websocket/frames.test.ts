import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { openClient } from './testing/client.ts'
import { openSite, type Site, type SiteOptions } from './testing/site.ts'
import { VERSION_2, type Said } from './testing/speech.ts'
import {
  BINARY,
  CLOSE,
  codeOf,
  frame,
  openWire,
  PING,
  PONG,
  TEXT,
  type Wire,
} from './testing/wire.ts'

const JOIN = '["1","1","room:1","phx_join",{}]'
const CONTINUED = 0

async function joined(t: TestContext, options?: SiteOptions): Promise<{ site: Site; wire: Wire }> {
  const site = await openSite(t, options)
  const wire = openWire(site, { bytes: frame(TEXT, JOIN) })
  await wire.next(TEXT)
  return { site, wire }
}

async function said(wire: Wire): Promise<Said> {
  return VERSION_2.read((await wire.next(TEXT)).data.toString())
}

describe('frames of a WebSocket', () => {
  it('are put together when a message comes in parts, with a ping between them', async (t) => {
    const { wire } = await joined(t)
    const bytes = Buffer.from('["1","2","room:1","say",{"text":"café"}]')
    const middle = bytes.indexOf('é') + 1

    wire.socket.write(frame(TEXT, bytes.subarray(0, middle), { isFinal: false }))
    wire.socket.write(frame(PING, 'between'))
    wire.socket.write(frame(CONTINUED, bytes.subarray(middle), { isFinal: false }))
    wire.socket.write(frame(CONTINUED, ''))

    assert.equal((await wire.next(PONG)).data.toString(), 'between')
    assert.deepEqual((await said(wire)).payload, { text: 'café' })
    assert.deepEqual((await said(wire)).payload, { status: 'ok', response: { said: 'café' } })
  })

  it('are read when they come byte by byte', async (t) => {
    const { wire } = await joined(t)

    for (const byte of frame(TEXT, '["1","2","room:1","say",{"text":"slow"}]')) {
      wire.socket.write(Buffer.from([byte]))
      await new Promise((resolve) => setImmediate(resolve))
    }

    assert.equal((await said(wire)).event, 'said')
  })

  it('carry bytes in binary frames of version 2', async (t) => {
    const { wire } = await joined(t)
    const head = Buffer.from([0, 1, 1, 6, 5])
    const push = Buffer.concat([head, Buffer.from('12room:1weigh'), Buffer.from([1, 2, 3])])

    wire.socket.write(frame(BINARY, push))

    assert.deepEqual((await said(wire)).payload, { status: 'ok', response: { bytes: 3 } })
  })

  it('answer a ping with what was in it, and take no notice of a pong that nobody asked for', async (t) => {
    const site = await openSite(t)
    const client = await openClient(site)

    client.webSocket.ping('are you there')
    client.webSocket.pong('I am')

    await client.pongs.take('a pong', (data) => data === 'are you there')
    await client.settled()
    assert.equal(site.sockets.count, 1)
  })

  const wrongs = {
    'no UTF-8': { code: 1007, bytes: frame(TEXT, Buffer.from([0xff, 0xfe])) },
    'more than is allowed': { code: 1009, bytes: frame(TEXT, Buffer.alloc(65_000, 32)) },
    'an unknown opcode': { code: 1002, bytes: frame(3, '') },
    'a continuation of nothing': { code: 1002, bytes: frame(CONTINUED, 'more') },
    'a long ping': { code: 1002, bytes: frame(PING, Buffer.alloc(126)) },
    'no mask': { code: 1002, bytes: Buffer.from([0x81, 0]) },
    'no JSON': { code: 1011, bytes: frame(TEXT, '{') },
    'too short an array': { code: 1011, bytes: frame(TEXT, '["1","1","room:1","phx_join"]') },
    'an unknown kind of binary message': { code: 1011, bytes: frame(BINARY, Buffer.from([9])) },
  }
  for (const [wrong, { code, bytes }] of Object.entries(wrongs)) {
    it(`close the socket with ${code}, and end its channels, for ${wrong}`, async (t) => {
      const { site, wire } = await joined(t, { limits: { messageBytes: 60_000 } })

      wire.socket.write(bytes)

      assert.equal(codeOf(await wire.next(CLOSE)), code)
      assert.deepEqual(await site.ended.take('an end', () => true), {
        topic: 'room:1',
        reason: 'disconnected',
      })
      assert.equal(site.sockets.count, 0)
    })
  }

  it('close the socket when parts are more than is allowed together', async (t) => {
    const { wire } = await joined(t, { limits: { messageBytes: 60_000 } })
    const part = Buffer.alloc(20_000, 32)

    wire.socket.write(frame(TEXT, part, { isFinal: false }))
    for (let count = 0; count < 3; count += 1) {
      wire.socket.write(frame(CONTINUED, part, { isFinal: false }))
    }

    assert.equal(codeOf(await wire.next(CLOSE)), 1009)
  })

  it('answer the close of a client with its code', async (t) => {
    const { site, wire } = await joined(t)

    wire.socket.write(frame(CLOSE, Buffer.from([0x0f, 0xa0])))

    assert.equal(codeOf(await wire.next(CLOSE)), 4000)
    await wire.ended
    assert.equal((await site.ended.take('an end', () => true)).reason, 'disconnected')
  })

  it('end the channels of a client whose connection breaks', async (t) => {
    const { site, wire } = await joined(t)

    wire.socket.resetAndDestroy()

    assert.equal((await site.ended.take('an end', () => true)).reason, 'disconnected')
    assert.equal(site.sockets.count, 0)
  })
})
