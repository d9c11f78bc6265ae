import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { connected, notConnected } from '../connect.ts'
import { openClient, refused } from './testing/client.ts'
import { openSite } from './testing/site.ts'
import { VERSION_1, VERSION_2 } from './testing/speech.ts'
import { codeOf, CLOSE, frame, openWire, TEXT, UPGRADE } from './testing/wire.ts'

const HEARTBEAT = '[null,"7","phoenix","heartbeat",{}]'

describe('connecting over a WebSocket', () => {
  it('hands params to `connect`, nested as they were', async (t) => {
    const site = await openSite(t)

    await openClient(site, {
      query: 'n%5Bb%5D%5Bc%5D=2&l%5B%5D=x&l%5B%5D=y&a=1&a=2&__proto__=no',
    })

    const [{ params }] = site.asked as [(typeof site.asked)[number]]
    const { n, l, a, vsn } = params
    assert.deepEqual(
      { n: JSON.stringify(n), l, a, vsn },
      { n: '{"b":{"c":"2"}}', l: ['x', 'y'], a: '2', vsn: '2.0.0' },
    )
  })

  it('hands over who it is by its headers: those that begin with x, tracing, browser, address', async (t) => {
    const site = await openSite(t)

    await openClient(site, {
      headers: {
        'X-One': '1',
        TraceParent: 'parent',
        TraceState: 'state',
        Authorization: 'Bearer secret',
        'User-Agent': 'a browser',
      },
    })

    const [{ headers, userAgent, peer, url }] = site.asked as [(typeof site.asked)[number]]
    assert.deepEqual(headers, { 'x-one': '1', traceparent: 'parent', tracestate: 'state' })
    assert.equal(userAgent, 'a browser')
    assert.equal(peer.address, '127.0.0.1')
    assert.equal(url.href, `http://127.0.0.1:${site.port}/socket/websocket?vsn=2.0.0`)
  })

  it('hands over a token in either alphabet of base64, and offers back what is no token', async (t) => {
    const site = await openSite(t)
    const token = 'subjects?>>>and~~~more??'
    const standard = Buffer.from(token).toString('base64').replaceAll('=', '')

    const client = await openClient(site, {
      protocols: ['phoenix', `base64url.bearer.phx.${Buffer.from(token).toString('base64url')}`],
    })
    const wire = openWire(site, {
      headers: [...UPGRADE, `Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.${standard}`],
    })

    assert.equal(client.webSocket.protocol, 'phoenix')
    assert.match(await wire.head, /^HTTP\/1\.1 101 [^]*\r\nSec-WebSocket-Protocol: phoenix$/)
    assert.match(standard, /[/+]/)
    assert.deepEqual(
      site.asked.map(({ authToken }) => authToken),
      [token, token],
    )
  })

  it('says no protocol back to who offers none that it knows', async (t) => {
    const site = await openSite(t)

    const nothing = openWire(site)
    const others = openWire(site, {
      headers: [...UPGRADE, 'Sec-WebSocket-Protocol: mqtt, wamp'],
    })

    assert.match(await nothing.head, /^HTTP\/1\.1 101 /)
    assert.doesNotMatch(`${await nothing.head}${await others.head}`, /Sec-WebSocket-Protocol/i)
  })

  it('makes params of what stands in the path, which count more than those of the query', async (t) => {
    const site = await openSite(t, { path: '/rooms/:room/of/:owner' })

    await openClient(site, { path: '/rooms/caf%C3%A9%2F1/of/me/websocket', query: 'room=other' })

    assert.equal(site.asked[0]?.params['room'], 'café/1')
    assert.equal(site.asked[0]?.params['owner'], 'me')
  })

  it('speaks version 1 unless told, and refuses one it does not speak', async (t) => {
    const site = await openSite(t)
    const wire = openWire(site, { path: '/socket/websocket' })
    wire.socket.write(frame(TEXT, '{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}'))

    const reply = VERSION_1.read((await wire.next(TEXT)).data.toString())
    const unspoken = await Promise.all(
      ['3.0.0', '2.1.0', '2', 'two', ''].map((vsn) =>
        refused(site, { speech: { ...VERSION_2, vsn } }),
      ),
    )

    assert.equal(reply.event, 'phx_reply')
    assert.deepEqual(new Set(unspoken.map(({ status }) => status)), new Set([403]))
    assert.equal(site.asked.length, 1)
  })

  it('refuses with the status and the reason that `connect` gives', async (t) => {
    const site = await openSite(t, { connect: () => notConnected('later, please', 429) })

    const { status, body, headers } = await refused(site)

    assert.deepEqual({ status, body }, { status: 429, body: 'later, please' })
    assert.equal(headers.connection, 'close')
    assert.equal(site.sockets.count, 0)
  })

  it('closes with a code of the program, which pages can see, when `connect` says one', async (t) => {
    const site = await openSite(t, {
      connect: () => notConnected(`Ended. ${'é'.repeat(100)}`, 4003),
    })

    const client = await openClient(site)

    const { code, reason } = await client.closed
    assert.equal(code, 4003)
    assert.equal(reason, `Ended. ${'é'.repeat(56)}`)
    assert.equal(site.sockets.count, 0)
  })

  it('refuses with 500 when `connect` fails, and goes on', async (t) => {
    const site = await openSite(t, {
      connect({ params }) {
        if (params['bad']) throw new Error('no database')
        return connected(undefined)
      },
    })

    const { status, body } = await refused(site, { query: 'bad=1' })
    await openClient(site)

    assert.deepEqual({ status, body }, { status: 500, body: '' })
    assert.match(site.log.join('\n'), /no database/)
    assert.equal(site.sockets.count, 1)
  })

  it('does not wait for `connect` for ever', async (t) => {
    const isAsked = Promise.withResolvers<void>()
    const site = await openSite(t, {
      connect() {
        isAsked.resolve()
        return new Promise(() => {})
      },
    })
    const refusal = refused(site)
    await isAsked.promise

    site.time.pass(10_000)

    assert.equal((await refusal).status, 503)
    assert.match(site.log.join('\n'), /`connect` took longer than 10 seconds/)
  })

  it('opens nothing for a client that has gone while `connect` was asked', async (t) => {
    const isAsked = Promise.withResolvers<void>()
    const decided = Promise.withResolvers<void>()
    const site = await openSite(t, {
      async connect({ params }) {
        if (params['slow'] === undefined) return connected(undefined)
        isAsked.resolve()
        await decided.promise
        return connected(undefined)
      },
    })
    const wire = openWire(site, { path: '/socket/websocket?vsn=2.0.0&slow=1' })
    await isAsked.promise

    wire.socket.resetAndDestroy()
    await wire.ended
    const client = await openClient(site)
    decided.resolve()
    await client.settled()

    assert.equal(site.sockets.count, 1)
    assert.deepEqual(
      site.sockets.list().map(({ channels }) => channels),
      [[]],
    )
  })

  it('reads what was sent together with the upgrade, also while `connect` is asked', async (t) => {
    const decided = Promise.withResolvers<void>()
    const site = await openSite(t, {
      async connect() {
        await decided.promise
        return connected(undefined)
      },
    })
    const wire = openWire(site, { bytes: frame(TEXT, HEARTBEAT) })
    wire.socket.write(frame(TEXT, HEARTBEAT.replace('7', '8')))
    decided.resolve()

    const replies = [await wire.next(TEXT), await wire.next(TEXT)]

    assert.deepEqual(
      replies.map(({ data }) => VERSION_2.read(data.toString()).ref),
      ['7', '8'],
    )
  })
})

describe('what is no WebSocket', () => {
  it('answers a plain request with 400', async (t) => {
    const site = await openSite(t)

    const got = await fetch(`http://127.0.0.1:${site.port}/socket/websocket`)
    const posted = await fetch(`http://127.0.0.1:${site.port}/socket/websocket`, { method: 'POST' })

    assert.equal(await got.text(), "'connection' header must contain 'upgrade'")
    assert.deepEqual([got.status, posted.status], [400, 400])
  })

  it('refuses an upgrade that lacks its key, has another version, is no GET, or of an unknown address', async (t) => {
    const site = await openSite(t)
    const without = (name: string) => UPGRADE.filter((header) => !header.startsWith(name))

    const answers = await Promise.all(
      [
        { headers: without('Sec-WebSocket-Key') },
        { headers: [...without('Sec-WebSocket-Version'), 'Sec-WebSocket-Version: 7'] },
        { method: 'POST' },
        { path: '/elsewhere' },
        { path: '/socket/websocket/more' },
        { path: '/%zz/websocket' },
      ].map((asks) => openWire(site, asks).head),
    )

    assert.deepEqual(
      answers.map((head) => head.split(' ')[1]),
      ['400', '400', '400', '404', '404', '404'],
    )
    assert.equal(site.sockets.count, 0)
  })

  it('ends the connection of who was refused, also when the client keeps its half open', async (t) => {
    const site = await openSite(t)
    const wire = openWire(site, { path: '/elsewhere' })

    await wire.head
    await wire.ended

    assert.equal(
      await new Promise((resolve) =>
        site.app.server.getConnections((_error, count) => resolve(count)),
      ),
      0,
    )
  })

  it('leaves addresses that it does not know to whoever else listens', async (t) => {
    const site = await openSite(t, {
      beside: (app) =>
        app.server.on('upgrade', ({ url }, socket) => {
          if (url === '/live') socket.end('HTTP/1.1 299 Live\r\n\r\n')
        }),
    })

    const live = openWire(site, { path: '/live' })
    const client = await openClient(site)

    assert.match(await live.head, /^HTTP\/1\.1 299 /)
    assert.equal((await client.join('room:1')).event, 'phx_reply')
  })

  it('gives a page to who offers another protocol with every request', async (t) => {
    const site = await openSite(t, { beside: (app) => app.get('/page', async () => 'a page') })

    const wire = openWire(site, {
      path: '/page',
      headers: [
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAMAAABkAARAAAAA',
      ],
    })

    assert.match(await wire.head, /^HTTP\/1\.1 200 /)
  })

  it('survives a host, an origin and an address that are none', async (t) => {
    const site = await openSite(t, { checkOrigin: false })
    const headers = (...more: string[]) => [...UPGRADE, ...more]

    const heads = await Promise.all(
      [
        { headers: headers('Origin: file://example.com', 'Cookie: a=1') },
        { headers: headers('Origin: %%%', 'Cookie: a=1') },
        { path: 'http://127.0.0.1/socket/websocket' },
        { path: '//other/socket/websocket' },
      ].map((asks) => openWire(site, asks).head),
    )
    await openClient(site)

    assert.deepEqual(
      heads.map((head) => head.split(' ')[1]),
      ['101', '101', '404', '404'],
    )
    assert.deepEqual(
      site.asked.slice(0, 2).map(({ cookie }) => cookie),
      [undefined, undefined],
    )
  })
})

describe('pages that connect', () => {
  it('lets in pages of its own host and clients that have no page, and no others', async (t) => {
    const site = await openSite(t)
    const of = (origin: string) => ({ headers: { Origin: origin } })

    await openClient(site)
    await openClient(site, of(`http://127.0.0.1:${site.port}`))
    await openClient(site, of('https://127.0.0.1:444'))
    const others = await Promise.all(
      ['http://example.com', 'null', 'file://', '', 'http://127.0.0.1@example.com'].map((origin) =>
        refused(site, of(origin)),
      ),
    )

    assert.deepEqual(new Set(others.map(({ status }) => status)), new Set([403]))
    assert.equal(site.asked.length, 3)
    assert.match(site.log.join('\n'), /A page of http:\/\/example\.com may not connect/)
  })

  it('believes the cookies of its own pages and of clients without a page, and no others', async (t) => {
    const site = await openSite(t, { checkOrigin: false })
    const cookie = async (headers: Record<string, string>) => {
      await openClient(site, { headers: { Cookie: 'session=1', ...headers } })
      return site.asked.at(-1)?.cookie
    }

    assert.equal(await cookie({}), 'session=1')
    assert.equal(await cookie({ Origin: `http://127.0.0.1:${site.port}` }), 'session=1')
    assert.equal(await cookie({ Origin: 'http://127.0.0.1:1' }), undefined)
    assert.equal(await cookie({ Origin: 'http://example.com' }), undefined)
    assert.equal(await cookie({ 'Sec-Fetch-Site': 'cross-site' }), undefined)
  })

  it('keeps the policies of two mounts of one site apart', async (t) => {
    const site = await openSite(t, { path: '/open', checkOrigin: false })
    const strict = await openSite(t, {
      beside: (app) =>
        void app.register(async (scope) => {
          const { channels } = await import('../channels.ts')
          await scope.register(channels, {
            sockets: site.sockets,
            path: '/open',
            drain: false,
            checkOrigin: false,
          })
        }),
    })
    const headers = { Origin: 'http://example.com' }

    await openClient(strict, { path: '/open/websocket', headers })
    const refusal = await refused(strict, { headers })
    const nowhere = await refused(strict, { path: '/neither/websocket' })

    assert.equal(refusal.status, 403)
    assert.equal(nowhere.status, 404)
  })
})

describe('a closed WebSocket', () => {
  it('is told what was wrong with its first message when that closes it', async (t) => {
    const site = await openSite(t)
    const wire = openWire(site, { bytes: frame(TEXT, 'no JSON') })

    const close = await wire.next(CLOSE)

    assert.equal(codeOf(close), 1011)
    assert.equal(close.data.toString('utf8', 2), 'a text frame is no JSON')
  })
})
