import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once, EventEmitter } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { connect } from '@nats-io/transport-node'
import { natsPubSub, type PubSub } from '../index.ts'
import { heard } from '../testing/heard.ts'
import { pubSubContract } from '../testing/index.ts'
import { mayRestart, NO_NATS, natsServer, type NatsServer } from '../testing/nats-server.ts'
import { natsNode } from './nats-pubsub.ts'

let server: NatsServer | undefined
before(async () => (server = await natsServer()))
after(() => server?.stop())

const freshPrefix = () => `test_${randomBytes(6).toString('hex')}`

function happens(pubsub: PubSub, event: 'disconnected' | 'reconnected'): Promise<unknown> {
  const emitter = new EventEmitter()
  pubsub.on(event, () => emitter.emit('now'))
  return once(emitter, 'now', { signal: AbortSignal.timeout(10_000) })
}

describe('natsPubSub', () => {
  pubSubContract(async (t) => {
    if (!server) return NO_NATS
    const { url: servers } = server
    const prefix = freshPrefix()
    return async (options) => {
      const pubsub = await natsPubSub({ servers, prefix, ...options })
      t.after(() => pubsub.close())
      return pubsub
    }
  })

  it('brings a message only to nodes that have a listener for its topic', async (t) => {
    if (!server) return t.skip(NO_NATS)
    const prefix = freshPrefix()
    const connection = await connect({ servers: server.url, noEcho: true })
    const deaf = await natsNode(connection, { prefix })
    const [one, two] = [
      await natsPubSub({ servers: server.url, prefix }),
      await natsPubSub({ servers: server.url, prefix }),
    ]
    for (const pubsub of [deaf, one, two]) t.after(() => pubsub.close())
    const [news, talk] = [heard(), heard()]
    const leaving = deaf.subscribe('news', () => {})
    await Promise.all([
      two.subscribe('news', news.listen).ready,
      deaf.subscribe('talk', talk.listen).ready,
    ])
    await leaving.ready
    leaving.unsubscribe()
    await connection.flush()
    const before = connection.stats().inMsgs

    for (let number = 0; number < 100; number++) await one.broadcast('news', number)
    await one.broadcast('talk', 'for the deaf one')
    await Promise.all([news.count(100), talk.count(1)])

    assert.equal(connection.stats().inMsgs - before, 1)
  })

  it('does not reach the nodes of another prefix', async (t) => {
    if (!server) return t.skip(NO_NATS)
    const [one, other] = [
      await natsPubSub({ servers: server.url, prefix: freshPrefix() }),
      await natsPubSub({ servers: server.url, prefix: freshPrefix() }),
    ]
    for (const pubsub of [one, other]) t.after(() => pubsub.close())
    const listener = heard()
    await other.subscribe('news', listener.listen).ready

    await one.broadcast('news', 1)
    await other.broadcast('news', 2)
    await other.subscribe('pause', () => {}).ready

    assert.deepEqual(listener.messages, [2])
  })

  it('says when it has lost its connection, and when it hears again', async (t) => {
    if (!server) return t.skip(NO_NATS)
    if (!mayRestart()) return t.skip('the server at NATS_URL is not ours to restart')
    const prefix = freshPrefix()
    const [one, two] = [
      await natsPubSub({ servers: server.url, prefix }),
      await natsPubSub({ servers: server.url, prefix }),
    ]
    for (const pubsub of [one, two]) t.after(() => pubsub.close())
    const listener = heard()
    await two.subscribe('news', listener.listen).ready
    const lost = Promise.all([happens(one, 'disconnected'), happens(two, 'disconnected')])
    const back = Promise.all([happens(one, 'reconnected'), happens(two, 'reconnected')])

    const restarted = server.restart()
    await lost
    await assert.rejects(one.broadcast('news', 'unheard'), /there is no connection to NATS/)
    await restarted
    await back
    await two.subscribe('pause', () => {}).ready
    await one.broadcast('news', 'heard')

    assert.deepEqual(await listener.count(1), ['heard'])
  })

  it('does not start without a server', async () => {
    await assert.rejects(natsPubSub({ servers: 'nats://127.0.0.1:1' }))
  })
})
