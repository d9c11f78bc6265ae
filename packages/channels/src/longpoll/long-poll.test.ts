import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import { localNetwork, localPubSub } from '@showrunner/pubsub'
import { connected, notConnected } from '../connect.ts'
import { openSite, Room, type Site, type SiteOptions } from '../websocket/testing/site.ts'
import { openPoller } from './testing/poller.ts'

const HEARTBEAT = '[null,"7","phoenix","heartbeat",{}]'
const WINDOW = 10_000

type Nodes = (t: TestContext, options?: SiteOptions) => Promise<{ at: Site; through: Site }>

polls('by the node of its session', async (t, options) => {
  const site = await openSite(t, options)
  return { at: site, through: site }
})

polls('by another node', async (t, options) => {
  const network = localNetwork()
  const at = await openSite(t, { ...options, pubsub: await localPubSub({ network }) })
  const through = await openSite(t, { ...options, pubsub: await localPubSub({ network }) })
  return { at, through }
})

function polls(how: string, nodes: Nodes): void {
  describe(`a client that polls, ${how}`, () => {
    it('joins, pushes and hears', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)

      const joined = await poller.join('room:1')
      const posted = await poller.post(['["1","2","room:1","say",{"text":"hello"}]'])
      const heard = await poller.heard()

      assert.deepEqual(joined.payload, { status: 'ok', response: {} })
      assert.deepEqual(posted, { status: 200 })
      assert.deepEqual(
        heard.map(({ event, payload }) => [event, payload]),
        [
          ['said', { text: 'hello' }],
          ['phx_reply', { status: 'ok', response: { said: 'hello' } }],
        ],
      )
    })

    it('waits for what comes, and is told as it comes', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      await poller.join('room:1')
      const waiting = poller.get()

      await arrived(through)
      at.sockets.broadcast(Room, 'room:1', 'said', { text: 'one' })
      at.sockets.broadcast(Room, 'room:1', 'said', { text: 'two' })

      const { status, messages, token } = await waiting
      assert.deepEqual([status, token], [200, poller.token])
      assert.deepEqual(messages, [
        '[null,null,"room:1","said",{"text":"one"}]',
        '[null,null,"room:1","said",{"text":"two"}]',
      ])
    })

    it('is told that there was nothing in ten seconds', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      const waiting = poller.get()

      await arrived(through)
      at.time.pass(WINDOW)

      assert.deepEqual(await waiting, { status: 204, token: poller.token, messages: [] })
    })

    it('has one poll at a time: who asks again has given up the one before', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      const first = poller.get()
      await arrived(through)

      const second = poller.get()

      assert.equal((await first).status, 204)
      await poller.post([HEARTBEAT])
      assert.equal((await second).messages?.length, 1)
    })

    it('loses nothing by a poll that it broke off', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      const leaving = new AbortController()
      const left = new Promise((resolve) =>
        through.app.server.once('request', (_request, response) => response.once('close', resolve)),
      )
      const broken = poller.get({ signal: leaving.signal }).catch(() => 'broken off')
      await arrived(through)

      leaving.abort()
      await left
      await poller.post([HEARTBEAT])

      assert.equal(await broken, 'broken off')
      assert.equal((await poller.heard())[0]?.ref, '7')
    })

    it('ends when it does not poll for fifteen seconds, and with it its channels', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      await poller.join('room:1')

      at.time.pass(1.5 * WINDOW)

      assert.deepEqual(await at.ended.take('an end', () => true), {
        topic: 'room:1',
        reason: 'disconnected',
      })
      assert.deepEqual(await poller.post([HEARTBEAT]), { status: 410 })
      const again = await poller.get()
      assert.deepEqual([again.status, again.messages], [410, []])
      assert.notEqual(again.token, poller.token)
    })

    it('is told that it was disconnected, from any node', async (t) => {
      const { at, through } = await nodes(t, { connect: () => connected(undefined, 'user:42') })
      const poller = await openPoller(at, through)
      const waiting = poller.get()
      await arrived(through)

      through.sockets.disconnect('user:42')

      assert.equal((await waiting).status, 410)
      assert.deepEqual(await poller.post([HEARTBEAT]), { status: 410 })
    })

    it('reads a hundred lines of a batch at most, of text and of bytes', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      await poller.join('room:1')
      const bytes = Buffer.from('\0\x01\x01\x06\x0512room:1weighabc', 'latin1').toString('base64')
      const stale = '["0","3","room:1","say",{"text":"from an earlier join"}]'
      const lines = [bytes, stale, ...Array.from({ length: 100 }, () => HEARTBEAT)]

      await poller.post(lines)
      const heard = await poller.heard()

      assert.deepEqual(heard[0]?.payload, { status: 'ok', response: { bytes: 3 } })
      assert.deepEqual(new Set(heard.slice(1).map(({ topic }) => topic)), new Set(['phoenix']))
      assert.equal(heard.length, 99)
    })

    it('sends one message by any other type, and needs no join ref', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      await poller.join('room:1')
      const headers = { 'content-type': 'application/json' }

      await poller.post(['[null,"2",\r\n"room:1","say",{"text":"hello"}]'], { headers })

      assert.equal((await poller.heard())[0]?.event, 'said')
    })

    it('is told of what failed, and of topics it has not joined', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      await poller.join('room:1')

      await poller.post(['["1","2","room:1","crash",{}]', '["9","3","room:9","say",{}]'])

      assert.deepEqual(
        (await poller.heard()).map(({ event, payload }) => [event, payload]),
        [
          ['phx_error', { reason: 'channel_crash' }],
          ['phx_reply', { status: 'error', response: { reason: 'unmatched topic' } }],
        ],
      )
    })

    it('is closed for a message that is none, or too large', async (t) => {
      const { at, through } = await nodes(t, { limits: { messageBytes: 1000 } })
      const wrong = await openPoller(at, through)
      const large = await openPoller(at, through)

      assert.deepEqual(await wrong.post(['[1']), { status: 410 })
      assert.deepEqual(await large.post([`["1","1","room:1","say",${' '.repeat(1000)}{}]`]), {
        status: 410,
      })
      assert.equal(at.sockets.count, 0)
    })

    it('is closed when too much waits for it', async (t) => {
      const { at, through } = await nodes(t, { limits: { unsentBytes: 10_000 } })
      const poller = await openPoller(at, through)
      await poller.join('room:1')

      for (let count = 0; count < 12; count += 1) {
        at.sockets.broadcast(Room, 'room:1', 'said', { text: 'x'.repeat(1000) })
      }

      assert.equal(at.sockets.count, 0)
      assert.equal((await poller.get()).status, 410)
    })

    it('gets no bytes, which the log says', async (t) => {
      const { at, through } = await nodes(t)
      const poller = await openPoller(at, through)
      await poller.join('room:1')

      at.sockets.broadcast(Room, 'room:1', 'bytes', new Uint8Array([1]))
      at.sockets.broadcast(Room, 'room:1', 'said', { text: 'text' })

      assert.deepEqual(
        (await poller.heard()).map(({ event }) => event),
        ['said'],
      )
      assert.match(at.log.join('\n'), /Bytes cannot be sent to a client that polls/)
    })

    it('stays for as long as it polls, also where a site wants to hear of clients more often', async (t) => {
      const { at, through } = await nodes(t, { limits: { silentMs: 4000 } })
      const poller = await openPoller(at, through)

      for (let round = 0; round < 5; round += 1) {
        const waiting = poller.get()
        await arrived(through)
        at.time.pass(2000)
        assert.equal((await waiting).status, 204)
      }

      assert.equal(at.sockets.count, 1)
    })
  })
}

describe('nodes that come and go', () => {
  it('have taken their sessions with them when they do not answer', async (t) => {
    const network = localNetwork()
    const gone = await localPubSub({ network })
    const at = await openSite(t, { pubsub: gone })
    const through = await openSite(t, { pubsub: await localPubSub({ network }) })
    const poller = await openPoller(at, through)
    await gone.close()

    const polled = poller.get()
    await arrived(through)
    const posted = poller.post([HEARTBEAT])
    await arrived(through)
    through.time.pass(3000)

    assert.equal((await polled).status, 410)
    assert.deepEqual(await posted, { status: 410 })
    assert.equal(through.asked.length, 1)
  })

  it('answer the polls that wait there when they end, so that they go elsewhere', async (t) => {
    const network = localNetwork()
    const at = await openSite(t, { pubsub: await localPubSub({ network }) })
    const through = await openSite(t, { pubsub: await localPubSub({ network }) })
    const poller = await openPoller(at, through)
    const waiting = poller.get()
    await arrived(through)

    await through.app.close()

    assert.equal((await waiting).status, 204)
    assert.equal(at.sockets.count, 1)
  })

  it('end the sessions they have when they end', async (t) => {
    const site = await openSite(t)
    const poller = await openPoller(site)
    const waiting = poller.get()
    await arrived(site)

    await site.app.close()

    assert.equal((await waiting).status, 410)
    assert.equal(site.sockets.count, 0)
    assert.equal(site.time.waiting, 0)
  })

  it('are asked nothing for a token that names nobody', async (t) => {
    const site = await openSite(t)
    const poller = await openPoller(site)
    const [node, transport] = poller.token.split('.')

    const answers = await Promise.all(
      ['', 'x', `${node}.${transport}`, `${node}.${transport}.${'A'.repeat(32)}`].map((token) =>
        poller.post([HEARTBEAT], { query: `vsn=2.0.0&token=${token}` }),
      ),
    )

    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([410]))
  })
})

describe('who may poll', () => {
  it('is told 403 when `connect` says no, and 500 when it fails', async (t) => {
    const site = await openSite(t, {
      connect({ params }) {
        if (params['bad']) throw new Error('no database')
        return notConnected('not you', params['code'] ? 4003 : 429)
      },
    })
    const poller = await openPoller(site)
    const status = async (query: string) => (await poller.get({ query })).status

    assert.equal(await status('vsn=2.0.0'), 403)
    assert.equal(await status('vsn=2.0.0&code=1'), 403)
    assert.equal(await status('vsn=2.0.0&bad=1'), 500)
    assert.equal(await status('vsn=9.0.0'), 403)
  })

  it('is who comes by what the client gave: params, a token of its own, a header, a cookie', async (t) => {
    const site = await openSite(t)
    const headers = { 'x-phoenix-authtoken': 'secret', 'x-one': '1', cookie: 'session=1' }
    const poller = await openPoller(site, site, { query: 'token=mine&n[b]=2', headers })
    site.time.pass(1.5 * WINDOW)

    await poller.get({ query: `token=mine&n[b]=2&vsn=2.0.0&token=${poller.token}`, headers })

    const [first, second] = site.asked
    assert.deepEqual(plain(first?.params), { token: 'mine', n: { b: '2' }, vsn: '2.0.0' })
    assert.deepEqual(plain(second?.params), plain(first?.params))
    assert.equal(second?.authToken, 'secret')
    assert.equal(second.headers['x-one'], '1')
    assert.equal(second.cookie, 'session=1')
    assert.equal(second.peer.address, '127.0.0.1')
  })

  it('may give the token in a header, which counts more than the address', async (t) => {
    const site = await openSite(t)
    const poller = await openPoller(site)
    const headers = { 'x-phoenix-longpoll-token': poller.token }

    const posted = await poller.post([HEARTBEAT], { headers, query: 'vsn=2.0.0&token=other' })
    const polled = await poller.get({ headers, query: 'vsn=2.0.0&token=other' })

    assert.equal(posted.status, 200)
    assert.equal(polled.messages?.length, 1)
  })

  it('is no page of another site, and no cookie of one is believed', async (t) => {
    const site = await openSite(t)
    const open = await openSite(t, { checkOrigin: false })
    const headers = { origin: 'https://example.com', cookie: 'session=1' }
    const poller = await openPoller(site)

    const polled = await poller.get({ headers, query: 'vsn=2.0.0' })
    const posted = await poller.post([HEARTBEAT], { headers })
    await openPoller(open, open, { headers })

    assert.deepEqual([polled, posted], [{ status: 403 }, { status: 403 }])
    assert.equal(site.asked.length, 1)
    assert.equal(open.asked[0]?.cookie, undefined)
  })
})

describe('answers to who polls', () => {
  it('are JSON, kept by nobody, and may be read by pages elsewhere', async (t) => {
    const site = await openSite(t)

    const { status, headers } = await fetch(address(site), { headers: { accept: 'text/html' } })

    assert.equal(status, 200)
    assert.equal(headers.get('content-type'), 'application/json; charset=utf-8')
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('access-control-allow-origin'), '*')
  })

  it('allow what a page asks to send, if it may connect', async (t) => {
    const site = await openSite(t, { checkOrigin: ['https://example.com'] })
    const preflight = async (origin: string) => {
      const { status, headers } = await fetch(address(site), {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': 'x-phoenix-longpoll-token' },
      })
      return [
        status,
        headers.get('access-control-allow-headers'),
        headers.get('access-control-allow-methods'),
      ]
    }

    assert.deepEqual(await preflight('https://example.com'), [
      200,
      'x-phoenix-longpoll-token',
      'get, post, options',
    ])
    assert.deepEqual(await preflight('https://other.com'), [200, null, null])
  })

  it('are 400 for other methods, for too much, and for what is no text', async (t) => {
    const site = await openSite(t)
    const status = async (init: RequestInit) => (await fetch(address(site), init)).status

    assert.equal(await status({ method: 'HEAD' }), 400)
    assert.equal(await status({ method: 'PUT', body: '{}' }), 400)
    assert.equal(await status({ method: 'DELETE' }), 400)
    assert.equal(await status({ method: 'POST', body: Buffer.alloc(8_000_001) }), 400)
    assert.equal(await status({ method: 'POST', body: new Uint8Array([0xff]) }), 400)
    assert.equal(site.sockets.count, 0)
  })
})

function address({ port }: Site): string {
  return `http://127.0.0.1:${port}/socket/longpoll?vsn=2.0.0`
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Done when the next request has come, and all was done that can be done for it at once. */
async function arrived({ app }: Site): Promise<void> {
  const [request] = (await once(app.server, 'request')) as [IncomingMessage]
  if (request.method === 'POST' && !request.readableEnded) await once(request, 'end')
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
