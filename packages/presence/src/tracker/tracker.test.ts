import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localNetwork, localPubSub } from '@showrunner/pubsub'
import { setTimeout as wait } from 'node:timers/promises'
import { fakeTime } from '../testing/fake-time.ts'
import { simulatedNetwork } from '../testing/simulation.ts'
import { createTracker, type Tracker } from './tracker.ts'

function pair(poolSize: number) {
  const time = fakeTime()
  const network = simulatedNetwork(time, Math.random)
  const create = (node: string): Tracker =>
    createTracker({ pubsub: network.node(node), name: 'users', poolSize, time })
  const both = { one: create('a'), two: create('b') }
  time.pass(4_500)
  return { time, ...both }
}

const keysIn = (tracker: Tracker, topic: string) =>
  tracker
    .list(topic)
    .map(({ key }) => key)
    .sort()
const TOPICS = Array.from({ length: 20 }, (_, number) => `room:${number}`)

for (const poolSize of [1, 4]) {
  describe(`a tracker of ${poolSize}`, () => {
    it('tracks, changes and ends on one node what is seen on the other', () => {
      const { time, one, two } = pair(poolSize)

      for (const topic of TOPICS) one.track('phone', topic, 'alice', { topic })
      time.pass(1_500)
      for (const topic of TOPICS) {
        assert.deepEqual(keysIn(two, topic), ['alice'])
        assert.equal(two.getByKey(topic, 'alice')[0]?.meta['topic'], topic)
      }

      for (const topic of TOPICS)
        one.update('phone', topic, 'alice', ({ topic: name }) => ({ name }))
      one.untrack('phone', 'room:3', 'alice')
      time.pass(1_500)
      assert.equal(two.getByKey('room:4', 'alice')[0]?.meta['name'], 'room:4')
      assert.deepEqual(keysIn(two, 'room:3'), [])

      one.untrackAll('phone')
      time.pass(1_500)
      assert.deepEqual(
        TOPICS.flatMap((topic) => keysIn(two, topic)),
        [],
      )
    })

    it('gives every entry a reference of its own', () => {
      const { one, two } = pair(poolSize)
      const refs = [one, two].flatMap((tracker) =>
        TOPICS.map((topic) => tracker.track('phone', topic, 'alice')).map(
          (tracked) => tracked.ok && tracked.ref,
        ),
      )

      assert.equal(new Set(refs).size, 40)
    })

    it('is gone at once with a goodbye, and kept for a while without', async () => {
      const { time, one, two } = pair(poolSize)
      one.track('phone', 'room:1', 'alice')
      two.track('phone', 'room:1', 'bob')
      time.pass(1_500)

      await one.stop({ goodbye: true })
      time.pass(0)
      assert.deepEqual(keysIn(two, 'room:1'), ['bob'])
    })
  })
}

describe('createTracker', () => {
  it('refuses a pool that cannot be', async () => {
    const pubsub = await localPubSub()

    assert.throws(
      () => createTracker({ pubsub, name: 'users', poolSize: 0 }),
      /expected poolSize to be a positive integer, got: 0/,
    )
  })

  it('speaks over a real pubsub, in real time', async (t) => {
    const network = localNetwork()
    const start = async (node: string) => {
      const pubsub = await localPubSub({ node, network })
      const tracker = createTracker({ pubsub, name: 'users', broadcastPeriodMs: 10 })
      t.after(() => tracker.stop())
      return tracker
    }
    const [one, two] = [await start('a'), await start('b')]
    one.track('phone', 'lobby', 'alice', { bytes: new Uint8Array([1, 2]) })
    for (let patience = 500; keysIn(two, 'lobby').length === 0 && patience > 0; patience--)
      await wait(5)

    const [entry] = two.list('lobby')
    assert.deepEqual([entry?.key, entry?.meta['bytes']], ['alice', new Uint8Array([1, 2])])
  })

  it('does not meet a tracker of another name', () => {
    const time = fakeTime()
    const network = simulatedNetwork(time, Math.random)
    const users = createTracker({ pubsub: network.node('a'), name: 'users', time })
    const games = createTracker({ pubsub: network.node('b'), name: 'games', time })
    users.track('phone', 'lobby', 'alice')
    time.pass(20_000)

    assert.deepEqual(keysIn(games, 'lobby'), [])
  })

  it('waits for nothing to read ten thousand, and merges them in a moment', () => {
    const { time, one, two } = pair(1)
    for (let number = 0; number < 10_000; number++)
      one.track(`phone${number}`, 'lobby', `user${number}`)
    const before = two.list('lobby').length
    time.pass(1_500)

    assert.deepEqual(
      [before, two.list('lobby').length, one.list('lobby').length],
      [0, 10_000, 10_000],
    )
  })
})
