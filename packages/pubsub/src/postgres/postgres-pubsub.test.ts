import assert from 'node:assert/strict'
import { once, EventEmitter } from 'node:events'
import { after, before, describe, it, type TestContext } from 'node:test'
import { postgresPubSub, type PubSub } from '../index.ts'
import { heard } from '../testing/heard.ts'
import { NO_DATABASE, ownDatabase, type OwnDatabase } from '../testing/own-database.ts'
import { pubSubContract } from '../testing/index.ts'

let database: OwnDatabase | undefined
before(async () => (database = await ownDatabase()))
after(() => database?.drop())

async function open(t: TestContext, databaseUrl: string, node?: string): Promise<PubSub> {
  const pubsub = await postgresPubSub({ databaseUrl, ...(node ? { node } : {}) })
  t.after(() => pubsub.close())
  return pubsub
}

async function disconnectAll({ run }: OwnDatabase): Promise<void> {
  await run(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'showrunner pubsub'`)
}

function happens(pubsub: PubSub, event: 'disconnected' | 'reconnected'): Promise<unknown> {
  const emitter = new EventEmitter()
  pubsub.on(event, () => emitter.emit('now'))
  return once(emitter, 'now', { signal: AbortSignal.timeout(10_000) })
}

describe('postgresPubSub', () => {
  pubSubContract(async (t) => {
    if (!database) return NO_DATABASE
    const { url } = database
    return async (options) => {
      const pubsub = await postgresPubSub({ databaseUrl: url, ...options })
      t.after(() => pubsub.close())
      return pubsub
    }
  })

  it('holds one connection and listens to two channels, however many topics there are', async (t) => {
    if (!database) return t.skip(NO_DATABASE)
    const pubsub = await open(t, database.url)
    const sessions = `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and application_name = 'showrunner pubsub'`
    const before = await database.run(sessions)

    for (let number = 0; number < 500; number++) pubsub.subscribe(`topic:${number}`, () => {})
    await pubsub.broadcast('topic:1', 'still here')

    assert.deepEqual(await database.run(sessions), before)
  })

  it('reaches a node whose name is longer than a name of PostgreSQL', async (t) => {
    if (!database) return t.skip(NO_DATABASE)
    const one = await open(t, database.url)
    const long = await open(t, database.url, `node ${'ü'.repeat(200)}`)
    const listener = heard()
    long.subscribe('news', listener.listen)

    await one.directBroadcast(long.node, 'news', 'hello')

    assert.deepEqual(await listener.count(1), ['hello'])
  })

  it('says when it has lost its connection, and when it hears again', async (t) => {
    if (!database) return t.skip(NO_DATABASE)
    const [one, two] = [await open(t, database.url), await open(t, database.url)]
    const listener = heard()
    two.subscribe('news', listener.listen)
    const lost = Promise.all([happens(one, 'disconnected'), happens(two, 'disconnected')])
    const back = Promise.all([happens(one, 'reconnected'), happens(two, 'reconnected')])

    await disconnectAll(database)
    await lost
    await assert.rejects(one.broadcast('news', 'unheard'), /there is no connection to PostgreSQL/)
    await back
    await one.broadcast('news', { text: 'heard', filling: 'x'.repeat(10_000) })
    await one.broadcast('news', 'also')

    const arrived = await listener.count(2)
    assert.equal((arrived[0] as { text: string }).text, 'heard')
    assert.equal(arrived[1], 'also')
  })

  it('gives the listeners of its own node what it could not tell the others', async (t) => {
    if (!database) return t.skip(NO_DATABASE)
    const pubsub = await open(t, database.url)
    const listener = heard()
    pubsub.subscribe('news', listener.listen)
    const [lost, back] = [happens(pubsub, 'disconnected'), happens(pubsub, 'reconnected')]

    await disconnectAll(database)
    await lost
    await assert.rejects(pubsub.broadcast('news', 1), { name: 'BroadcastError' })
    await back

    assert.deepEqual(listener.messages, [1])
  })

  it('keeps large messages in a table for a while, and deletes them', async (t) => {
    if (!database) return t.skip(NO_DATABASE)
    const { run } = database
    const pubsub = await open(t, database.url)
    await run('delete from showrunner_pubsub.messages')

    await pubsub.broadcast('news', 'small')
    assert.deepEqual(await run('select id from showrunner_pubsub.messages'), [])
    await pubsub.broadcast('news', 'x'.repeat(9_000))
    const kept = `select octet_length(body) as bytes from showrunner_pubsub.messages`
    assert.deepEqual(await run(kept), [{ bytes: 9_003 }])

    t.mock.timers.enable({ apis: ['setInterval'] })
    const sweeping = await open(t, database.url)
    await run(`update showrunner_pubsub.messages set inserted_at = now() - interval '61 seconds'`)
    t.mock.timers.tick(15_000)
    // Its connection does one thing after the other: when this has gone out, the table was swept.
    await sweeping.broadcast('news', 'after')

    assert.deepEqual(await run(kept), [])
  })

  it('hears what comes after a large message that is gone', async (t) => {
    if (!database) return t.skip(NO_DATABASE)
    const { run, url } = database
    const said: string[] = []
    const two = await postgresPubSub({ databaseUrl: url, log: (_, message) => said.push(message) })
    t.after(() => two.close())
    const listener = heard()
    two.subscribe('news', listener.listen)

    await run(
      `select pg_notify('showrunner_pubsub', '["left",1,"news","row"]' || chr(10) || 'left 1')`,
    )
    await run(`select pg_notify('showrunner_pubsub', '["left",2,"news","json"]' || chr(10) || '2')`)

    assert.deepEqual(await listener.count(1), [2])
    assert.deepEqual(said, ['A large message of "left" to "news" was gone.'])
  })

  it('does not start without a database', async () => {
    await assert.rejects(
      postgresPubSub({ databaseUrl: 'postgres://127.0.0.1:1/nobody' }),
      /ECONNREFUSED/,
    )
  })
})
