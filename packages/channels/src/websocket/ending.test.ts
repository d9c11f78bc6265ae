import assert from 'node:assert/strict'
import { Agent, get } from 'node:http'
import { describe, it } from 'node:test'
import fastify from 'fastify'
import { channels } from '../channels.ts'
import { connected } from '../connect.ts'
import { openClient, refused } from './testing/client.ts'
import { openSite } from './testing/site.ts'
import { openWire } from './testing/wire.ts'

describe('a site that ends', () => {
  it('closes its sockets with 1012, as many at a time as it is told, with some time between', async (t) => {
    const site = await openSite(t)
    const clients = []
    for (let count = 0; count < 5; count += 1) clients.push(await openClient(site))
    const drained = site.sockets.drain({ batch: 2, intervalMs: 1000 })
    const left = () => site.sockets.count

    assert.equal(left(), 3)
    site.time.pass(499)
    assert.equal(left(), 3)
    site.time.pass(1001)
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(left(), 1)
    site.time.pass(1500)
    await drained

    assert.equal(left(), 0)
    const closed = await Promise.all(clients.map((client) => client.closed))
    assert.deepEqual(
      closed.map(({ code }) => code),
      [1012, 1012, 1012, 1012, 1012],
    )
  })

  it('lets nobody in any more, who would only have to go again', async (t) => {
    const decided = Promise.withResolvers<void>()
    const isAsked = Promise.withResolvers<void>()
    const site = await openSite(t, {
      async connect() {
        isAsked.resolve()
        await decided.promise
        return connected(undefined)
      },
    })
    const undecided = openClient(site)
    await isAsked.promise

    await site.sockets.drain()
    const late = await refused(site)
    decided.resolve()

    assert.equal(late.status, 503)
    assert.equal((await (await undecided).closed).code, 1012)
    assert.equal(site.sockets.count, 0)
  })

  it('refuses who still waits for `connect`, and does not wait itself', async (t) => {
    const isAsked = Promise.withResolvers<void>()
    const site = await openSite(t, {
      connect() {
        isAsked.resolve()
        return new Promise(() => {})
      },
    })
    const wire = openWire(site)
    await isAsked.promise

    await site.app.close()

    assert.match(await wire.head, /^HTTP\/1\.1 503 /)
  })

  it('has ended when its clients have answered', async (t) => {
    const site = await openSite(t)
    const clients = await Promise.all(Array.from({ length: 20 }, () => openClient(site)))

    await site.app.close()

    const closed = await Promise.all(clients.map((client) => client.closed))
    assert.deepEqual(new Set(closed.map(({ code }) => code)), new Set([1012]))
    assert.equal(site.sockets.count, 0)
    assert.equal(site.time.waiting, 0)
  })

  it('leaves no listener and no timer behind', async (t) => {
    const site = await openSite(t)
    const app = fastify()
    const may = Object.getOwnPropertyDescriptor(app.server, 'shouldUpgradeCallback')
    await app.register(channels, { sockets: site.sockets, path: '/one' })
    await app.register(channels, { sockets: site.sockets, path: '/two' })
    await app.ready()
    const listening = app.server.listenerCount('upgrade')

    await app.close()
    await site.app.close()

    assert.deepEqual([listening, app.server.listenerCount('upgrade')], [1, 0])
    assert.deepEqual(Object.getOwnPropertyDescriptor(app.server, 'shouldUpgradeCallback'), may)
    assert.equal(site.time.waiting, 0)
  })
})

describe('a site beside its sockets', () => {
  it('is asked over connections that are kept, while sockets come and go', async (t) => {
    const site = await openSite(t, { beside: (app) => void app.get('/page', async () => 'a page') })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    t.after(() => agent.destroy())
    const ports: (number | undefined)[] = []
    const page = () =>
      new Promise<string>((resolve, reject) => {
        get({ port: site.port, path: '/page', agent }, (response) => {
          ports.push(response.socket.localPort)
          response.on('data', (chunk: Buffer) => resolve(chunk.toString())).resume()
        }).on('error', reject)
      })

    const pages = [await page()]
    const client = await openClient(site)
    await client.join('room:1')
    pages.push(await page())
    client.webSocket.close()
    await client.closed
    pages.push(await page())

    assert.deepEqual(pages, ['a page', 'a page', 'a page'])
    assert.equal(new Set(ports).size, 1)
  })

  it('has its headers and hooks left alone', async (t) => {
    const site = await openSite(t, {
      beside: (app) => {
        app.post('/form', (request, reply) => reply.send(request.body))
        app.addContentTypeParser(
          'application/x-own',
          { parseAs: 'string' },
          (_request, body, done) => done(null, `own ${String(body)}`),
        )
      },
    })
    const post = async (type: string, body: string) => {
      const answer = await fetch(`http://127.0.0.1:${site.port}/form`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      })
      return [answer.status, await answer.text(), answer.headers.get('access-control-allow-origin')]
    }

    assert.deepEqual(await post('application/json', '{"a":1}'), [200, '{"a":1}', null])
    assert.deepEqual(await post('application/x-own', 'x'), [200, 'own x', null])
    assert.equal((await post('application/x-ndjson', 'x'))[0], 415)
  })
})
