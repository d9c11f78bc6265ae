import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { runs } from '../testing/env.ts'
import { synced } from '../testing/presence-client.ts'
import { fakeTime } from '../testing/fake-time.ts'
import { seeded, simulatedNetwork } from '../testing/simulation.ts'
import { type PresenceDiff } from './announcements.ts'
import { createPresence, type Presence, type PresenceOptions } from './presence.ts'
import { presenceMap, type Presences } from './presences.ts'

type Extra = Partial<Omit<PresenceOptions, 'pubsub'>>

/** A node of a network, with what it announced. */
function world(extra: Extra = {}, seed = 1) {
  const time = fakeTime()
  const random = seeded(seed)
  const network = simulatedNetwork(time, random)
  const open = (name: string, more: Extra = {}) => {
    const announced: [string, PresenceDiff][] = []
    const pubsub = network.node(name)
    const presence = createPresence({
      pubsub,
      time,
      random,
      diffPeriodMs: 100,
      announce: (topic, diff) => announced.push([topic, diff]),
      ...extra,
      ...more,
    })
    return { presence, announced, pubsub }
  }
  /** Lets what is looked up be looked up. */
  const pass = async (milliseconds: number) => {
    time.pass(milliseconds)
    await setImmediate()
  }
  return { open, pass, network }
}

const moodsIn = (presences: Presences) =>
  Object.fromEntries(
    Object.entries(presences).map(([key, { metas }]) => [key, metas.map((meta) => meta['mood'])]),
  )
const told = (diff: PresenceDiff | undefined) =>
  diff && { joins: moodsIn(diff.joins), leaves: moodsIn(diff.leaves) }
const refOf = (presence: Presence, key: string) =>
  presence.listMetas('lobby')[key]?.metas[0]?.['phx_ref']

describe('list and getByKey', () => {
  it('say who is there, with a meta for each device', async () => {
    const { presence } = world().open('a')
    presence.track('phone', 'lobby', 'alice', { mood: 'fine' })
    presence.track('laptop', 'lobby', 'alice', { mood: 'tired' })
    presence.track('phone', 'lobby', 'bob', { mood: 'late' })
    presence.track('phone', 'kitchen', 'carol', { mood: 'hungry' })

    assert.deepEqual(moodsIn(await presence.list('lobby')), {
      alice: ['fine', 'tired'],
      bob: ['late'],
    })
    assert.deepEqual((await presence.getByKey('lobby', 'alice'))?.metas.length, 2)
    assert.equal(await presence.getByKey('lobby', 'carol'), undefined)
    assert.deepEqual(moodsIn(await presence.list('nowhere')), {})
  })

  it('take keys for text, also those that mean something to JavaScript', async () => {
    const { presence } = world().open('a')
    presence.track('phone', 'lobby', 7, { mood: 'fine' })
    presence.track('phone', 'lobby', '__proto__', { mood: 'odd' })
    presence.track('phone', 'lobby', 'constructor', { mood: 'odd' })

    const list = await presence.list('lobby')
    assert.equal(Object.getPrototypeOf(list), null)
    assert.deepEqual(Object.keys(list).sort(), ['7', '__proto__', 'constructor'])
    assert.equal(presence.track('phone', 'lobby', '7').ok, false)
    assert.deepEqual((await presence.getByKey('lobby', 7))?.metas[0]?.['mood'], 'fine')
    assert.equal(await presence.getByKey('lobby', 'toString'), undefined)
    assert.match(JSON.stringify(list), /"__proto__":\{"metas"/)
  })

  it('are decorated with what is looked up, for all keys in one go', async () => {
    const asked: string[][] = []
    const fetch = async (_: string, presences: Presences) => {
      asked.push(Object.keys(presences))
      return presenceMap(
        Object.entries(presences).map(([key, { metas }]) => [
          key,
          { metas, name: key.toUpperCase() },
        ]),
      )
    }
    const { presence } = world({ fetch }).open('a')
    for (const key of ['alice', 'bob']) presence.track('phone', 'lobby', key)
    asked.length = 0

    const list = await presence.list('lobby')
    assert.deepEqual([list['alice']?.['name'], list['bob']?.['name']], ['ALICE', 'BOB'])
    assert.equal((await presence.getByKey('lobby', 'bob'))?.['name'], 'BOB')
    assert.deepEqual(
      asked.map((keys) => keys.sort()),
      [['alice', 'bob'], ['bob']],
    )
    assert.deepEqual(Object.keys(presence.listMetas('lobby')['alice'] ?? {}), ['metas'])
  })

  it('show the same order of devices on every node', async () => {
    const { open, pass } = world()
    const [one, two] = [open('a'), open('b')]
    for (const owner of ['x', 'y', 'z']) {
      two.presence.track(owner, 'lobby', 'alice', { mood: `b ${owner}` })
      one.presence.track(owner, 'lobby', 'alice', { mood: `a ${owner}` })
    }
    await pass(5_000)

    const moods = moodsIn(one.presence.listMetas('lobby'))
    assert.deepEqual(moods['alice']?.length, 6)
    assert.deepEqual(moodsIn(two.presence.listMetas('lobby')), moods)
  })
})

describe('presence_diff', () => {
  it('goes by default to the listeners of the topic on each node, and not from node to node', async () => {
    const { open, pass, network } = world()
    const [one, two] = [open('a'), open('b')].map(({ pubsub, presence }, index) => {
      presence.stop().catch(() => undefined)
      const heard: unknown[] = []
      pubsub.subscribe('lobby', (message) => heard.push(message))
      return { pubsub, heard, index }
    })
    assert.ok(one && two)
    const time = fakeTime()
    const presence = createPresence({ pubsub: one.pubsub, time })
    const before = network.sent.length
    const { ok } = presence.track('phone', 'lobby', 'alice', { mood: 'fine' })
    await pass(10)

    assert.ok(ok)
    const payload = { joins: presence.listMetas('lobby'), leaves: presenceMap([]) }
    assert.deepEqual(one.heard, [{ event: 'presence_diff', payload }])
    assert.deepEqual([two.heard, network.sent.length - before], [[], 0])
  })

  it('tells joins, changes and ends, each node its own listeners', async () => {
    const { open, pass } = world()
    const [one, two] = [open('a'), open('b')]
    await pass(5_000)
    one.presence.track('phone', 'lobby', 'alice', { mood: 'fine' })
    await pass(2_000)
    one.presence.update('phone', 'lobby', 'alice', { mood: 'tired' })
    await pass(2_000)
    one.presence.untrack('phone', 'lobby', 'alice')
    await pass(2_000)

    for (const { announced } of [one, two]) {
      assert.deepEqual(
        announced.map(([topic, diff]) => [topic, told(diff)]),
        [
          ['lobby', { joins: { alice: ['fine'] }, leaves: {} }],
          ['lobby', { joins: { alice: ['tired'] }, leaves: { alice: ['fine'] } }],
          ['lobby', { joins: {}, leaves: { alice: ['tired'] } }],
        ],
      )
    }
  })

  it('names the reference before in an update, and says when there is nothing to update', async () => {
    const { presence } = world().open('a')
    presence.track('phone', 'lobby', 'alice')
    const before = refOf(presence, 'alice')
    const updated = presence.update('phone', 'lobby', 'alice', (meta) => ({
      mood: String(meta['phx_ref'] === before),
    }))

    assert.ok(updated.ok)
    const meta = { mood: 'true', phx_ref: updated.ref, phx_ref_prev: before }
    assert.deepEqual((await presence.getByKey('lobby', 'alice'))?.metas, [meta])
    assert.deepEqual(presence.update('phone', 'lobby', 'bob', {}), {
      ok: false,
      reason: 'not tracked',
    })
  })

  it('tells one diff for each topic of whatever an owner that ends had tracked', async () => {
    const { open, pass } = world()
    const { presence, announced } = open('a')
    for (const key of ['alice', 'bob']) presence.track('phone', 'lobby', key, { mood: 'fine' })
    presence.track('phone', 'kitchen', 'alice', { mood: 'hungry' })
    await pass(500)
    announced.length = 0

    presence.untrackAll('phone')
    presence.untrackAll('phone')
    presence.untrack('phone', 'lobby', 'nobody')
    await pass(500)

    assert.deepEqual(moodsIn(presence.listMetas('lobby')), {})
    const kitchen = announced.filter(([topic]) => topic === 'kitchen').map(([, diff]) => told(diff))
    assert.deepEqual(kitchen, [{ joins: {}, leaves: { alice: ['hungry'] } }])
  })

  it('tells the first who comes at once, and a thousand after them in one message', async () => {
    const { open, pass } = world()
    const { presence, announced } = open('a')
    for (let number = 0; number < 1_000; number++)
      presence.track(`phone${number}`, 'lobby', `user${number}`)
    await pass(0)
    assert.deepEqual(
      announced.map(([, { joins }]) => Object.keys(joins).length),
      [1],
    )
    await pass(100)

    assert.deepEqual(
      announced.map(([, { joins }]) => Object.keys(joins).length),
      [1, 999],
    )
    await pass(1_000)
    assert.equal(announced.length, 2)
  })

  it('decorates joins and leaves, and keeps the order whatever the look-ups take', async () => {
    const slow: (() => void)[] = []
    const fetch = (_: string, presences: Presences) =>
      new Promise<Presences>((resolve) => slow.push(() => resolve(presences)))
    const { open, pass } = world({ fetch })
    const { presence, announced } = open('a')
    presence.track('phone', 'lobby', 'alice', { mood: 'first' })
    await pass(100)
    presence.track('phone', 'lobby', 'bob', { mood: 'second' })
    await pass(100)
    presence.track('phone', 'kitchen', 'carol', { mood: 'elsewhere' })

    for (const finish of slow.splice(1)) finish()
    await setImmediate()
    assert.deepEqual(
      announced.map(([topic]) => topic),
      ['kitchen'],
    )
    slow[0]?.()
    await setImmediate()
    assert.deepEqual(
      announced.slice(1).map(([, diff]) => Object.keys(diff.joins)),
      [['alice'], ['bob']],
    )
  })

  it('is logged where the look-up fails, and the next one is told', async () => {
    const logged: string[] = []
    const fetch = (_: string, presences: Presences) => {
      if ('bob' in presences) throw new Error('no database')
      return presences
    }
    const { open, pass } = world({ fetch, log: (_, message) => logged.push(message) })
    const { presence, announced } = open('a')
    for (const key of ['bob', 'alice']) {
      presence.track('phone', 'lobby', key)
      await pass(200)
    }

    assert.deepEqual(logged, ['A change of who is in "lobby" was not told: no database'])
    assert.deepEqual(
      announced.map(([, { joins }]) => Object.keys(joins)),
      [['alice']],
    )
  })
})

describe('a client that was given a list at any moment', () => {
  type Doing = {
    readonly do: 'track' | 'untrack' | 'update' | 'pass' | 'listen'
    readonly at: number
    readonly what: number
  }
  const doings: fc.Arbitrary<Doing[]> = fc.array(
    fc.record({
      do: fc.constantFrom('track', 'track', 'untrack', 'update', 'pass', 'pass', 'listen'),
      at: fc.nat({ max: 1 }),
      what: fc.nat({ max: 3 }),
    }),
    { maxLength: 40, size: 'max' },
  )

  it('knows with the changes after it who is there, though some come before it and some twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), doings, async (seed, all) => {
        const { open, pass } = world({}, seed)
        const nodes = [open('a'), open('b')] as const
        const lists: { node: 0 | 1; list: Presences; from: number }[] = []
        for (const { do: doing, at, what } of all) {
          const node = at === 0 ? 0 : 1
          const { presence, announced } = nodes[node]
          const [owner, key] = [`${node} ${what & 1}`, `key${what >> 1}`]
          if (doing === 'pass') await pass(what * 400 + 10)
          else if (doing === 'listen')
            lists.push({ node, list: presence.listMetas('lobby'), from: announced.length })
          else if (doing === 'untrack') presence.untrack(owner, 'lobby', key)
          else if (doing === 'update') presence.update(owner, 'lobby', key, { mood: String(what) })
          else presence.track(owner, 'lobby', key)
        }
        for (let round = 0; round < 5; round++) await pass(5_000)

        for (const { node, list, from } of lists) {
          const { presence, announced } = nodes[node]
          const known = announced.slice(from).reduce((state, [, diff]) => synced(state, diff), list)
          assert.deepEqual(refsIn(known), refsIn(presence.listMetas('lobby')))
        }
      }),
      runs(300),
    )
  })

  const refsIn = (presences: Presences) =>
    Object.entries(presences)
      .flatMap(([key, { metas }]) => metas.map((meta) => JSON.stringify([key, meta['phx_ref']])))
      .sort()
})
