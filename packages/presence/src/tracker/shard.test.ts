import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Cluster, everything, FAST, refOf, type Node } from '../testing/cluster.ts'
import { getByKey, list } from './state.ts'
import { timingOf } from './timing.ts'

/** Nodes that know each other. */
function cluster(...names: string[]): Cluster {
  const nodes = new Cluster(7)
  for (const name of names) nodes.start(name)
  nodes.pass(8)
  return nodes
}

const node = (nodes: Cluster, name: string): Node => {
  const found = nodes.nodes.get(name)
  assert.ok(found)
  return found
}
const keys = (nodes: Cluster, name: string) =>
  list(node(nodes, name).shard.state, 'lobby')
    .map(({ key }) => key)
    .sort()

/** What a node was told since it was asked last. */
const news = (nodes: Cluster, name: string) =>
  node(nodes, name)
    .diffs.splice(0)
    .map(({ joins, leaves }) => ({
      joins: joins.map(({ key }) => key).sort(),
      leaves: leaves.map(({ key }) => key).sort(),
    }))

/** What nodes said to each other since this was asked last. */
const said = (nodes: Cluster, what: string) =>
  nodes.network.sent
    .splice(0)
    .filter(({ message }) => (message as [string])[0] === what)
    .map(({ from, to }) => (to ? `${from} to ${to}` : from))

describe('a shard', () => {
  it('refuses periods that cannot be', () => {
    assert.equal(timingOf({}).downPeriodMs, 30_000)
    assert.throws(
      () => timingOf({ downPeriodMs: 2_999 }),
      /expected downPeriodMs to be at least two periods, got: 2999/,
    )
    assert.throws(
      () => timingOf({ permdownPeriodMs: 30_000 }),
      /expected permdownPeriodMs to be above downPeriodMs/,
    )
    assert.throws(
      () => timingOf({ broadcastPeriodMs: 0 }),
      /expected broadcastPeriodMs to be above zero, got: 0/,
    )
  })

  it('says that it is there, as often as it has to', () => {
    const nodes = cluster('a')
    said(nodes, 'heartbeat')

    nodes.pass(8)
    assert.deepEqual(said(nodes, 'heartbeat'), ['a', 'a'])
    nodes.track('a', 'phone', 'lobby', 'alice')
    nodes.pass(1)
    assert.deepEqual(said(nodes, 'heartbeat'), ['a'])
  })

  it('tells what happened in a period at once, in one message and as one change', () => {
    const nodes = cluster('a', 'b')
    said(nodes, 'heartbeat')

    for (const key of ['alice', 'bob', 'carol']) nodes.track('a', 'phone', 'lobby', key)
    assert.deepEqual(news(nodes, 'b'), [])
    nodes.pass(1)

    assert.deepEqual(news(nodes, 'b'), [{ joins: ['alice', 'bob', 'carol'], leaves: [] }])
    assert.deepEqual(
      said(nodes, 'heartbeat').filter((from) => from === 'a'),
      ['a'],
    )
  })

  it('asks a node it has not seen for what it has', () => {
    const nodes = cluster('a')
    nodes.track('a', 'phone', 'lobby', 'alice')
    nodes.pass(4)
    nodes.start('b')
    said(nodes, 'ask')
    nodes.pass(8)

    assert.deepEqual(said(nodes, 'ask'), ['b to a'])
    assert.deepEqual(keys(nodes, 'b'), ['alice'])
  })

  it('asks as few as know everything', () => {
    const nodes = cluster('a', 'b', 'c')
    for (const name of ['a', 'b', 'c']) nodes.track(name, 'phone', 'lobby', `of ${name}`)
    nodes.pass(8)
    nodes.start('d')
    said(nodes, 'ask')
    nodes.pass(12)

    assert.equal(said(nodes, 'ask').length, 1)
    assert.deepEqual(keys(nodes, 'd'), ['of a', 'of b', 'of c'])
  })

  it('hides who was at a node it does not hear, shows them when it does, and forgets them in the end', () => {
    const nodes = cluster('a', 'b')
    nodes.track('a', 'phone', 'lobby', 'alice')
    nodes.pass(1)
    const before = [...node(nodes, 'b').told.keys()]
    news(nodes, 'b')

    nodes.network.cut('a', 'b')
    nodes.pass(5)
    assert.deepEqual(keys(nodes, 'b'), ['alice'])
    nodes.pass(5)
    assert.deepEqual([news(nodes, 'b'), keys(nodes, 'b')], [[{ joins: [], leaves: ['alice'] }], []])
    nodes.network.heal()
    nodes.pass(4)
    assert.deepEqual(news(nodes, 'b'), [{ joins: ['alice'], leaves: [] }])
    assert.deepEqual([...node(nodes, 'b').told.keys()], before)

    nodes.network.cut('a', 'b')
    nodes.pass(20)
    assert.deepEqual(news(nodes, 'b'), [{ joins: [], leaves: ['alice'] }])
    assert.equal(node(nodes, 'b').shard.state.seen.size, 1)
    nodes.network.heal()
    nodes.pass(8)
    assert.deepEqual(news(nodes, 'b'), [{ joins: ['alice'], leaves: [] }])
  })

  it('forgets at once who was at a node that has started anew', () => {
    const nodes = cluster('a', 'b')
    nodes.track('a', 'phone', 'lobby', 'alice')
    nodes.pass(1)
    news(nodes, 'b')

    nodes.restart('a')
    nodes.track('a', 'phone', 'lobby', 'bob')
    nodes.pass(1)

    assert.deepEqual(news(nodes, 'b'), [
      { joins: [], leaves: ['alice'] },
      { joins: ['bob'], leaves: [] },
    ])
  })

  it('forgets who was at a node that was down when it starts anew, without telling it twice', () => {
    const nodes = cluster('a', 'b')
    nodes.track('a', 'phone', 'lobby', 'alice')
    nodes.pass(1)
    nodes.kill('a')
    nodes.pass(10)
    assert.deepEqual(news(nodes, 'b').at(-1), { joins: [], leaves: ['alice'] })

    nodes.start('a')
    nodes.pass(4)

    assert.deepEqual([news(nodes, 'b'), keys(nodes, 'b')], [[], []])
    assert.equal(node(nodes, 'b').shard.state.seen.size, 2)
  })

  it('hears at once of a node that says goodbye, and not of one that does not', async () => {
    const nodes = cluster('a', 'b', 'c')
    nodes.track('a', 'phone', 'lobby', 'alice')
    nodes.track('b', 'phone', 'lobby', 'bob')
    nodes.pass(1)
    news(nodes, 'c')

    nodes.kill('b')
    await nodes.leave('a')
    nodes.pass(1)

    assert.deepEqual(
      [news(nodes, 'c'), keys(nodes, 'c')],
      [[{ joins: [], leaves: ['alice'] }], ['bob']],
    )
  })

  it('goes through a rolling update with one question for each new node', () => {
    const nodes = cluster('a', 'b')
    for (let number = 0; number < 20; number++)
      nodes.track('a', `phone${number}`, 'lobby', `user${number}`)
    nodes.pass(6)
    said(nodes, 'ask')

    nodes.start('c')
    nodes.pass(8)
    assert.equal(said(nodes, 'ask').length, 1)
    nodes.kill('b')
    nodes.pass(30)

    assert.deepEqual(said(nodes, 'ask'), [])
    assert.equal(keys(nodes, 'c').length, 20)
  })

  it('phoenix_pubsub #74: two nodes with many entries each know all when they meet', () => {
    const nodes = new Cluster(3)
    for (const name of ['a', 'b']) nodes.start(name)
    nodes.network.cut('a', 'b')
    for (const name of ['a', 'b']) {
      for (let number = 0; number < 51; number++)
        nodes.track(name, `${name}${number}`, 'lobby', `${name}${number}`)
    }
    nodes.pass(8)
    nodes.network.heal()
    nodes.pass(12)

    assert.deepEqual([keys(nodes, 'a').length, keys(nodes, 'b').length], [102, 102])
  })

  it('hears through a third node of one it cannot reach itself, until it takes that to be down', () => {
    const nodes = new Cluster(7, { downPeriodMs: 1_200 })
    for (const name of ['a', 'b', 'c']) nodes.start(name)
    nodes.pass(8)
    nodes.network.cut('a', 'c')
    nodes.track('a', 'phone', 'lobby', 'alice')
    nodes.pass(7)
    assert.deepEqual(keys(nodes, 'c'), ['alice'])

    node(nodes, 'a').shard.untrack('phone', 'lobby', 'alice')
    nodes.track('a', 'phone', 'lobby', 'bob')
    nodes.pass(8)
    assert.deepEqual([keys(nodes, 'b'), keys(nodes, 'c')], [['bob'], []])
    nodes.network.heal()
    nodes.pass(8)
    assert.deepEqual([keys(nodes, 'c'), nodes.complaints], [['bob'], []])
  })

  it('is not misled by words of a node that were on their way while it started anew', () => {
    const nodes = cluster('a', 'b')
    nodes.network.weather.delayMs = 350
    for (let round = 0; round < 20; round++) {
      nodes.track('a', 'phone', 'lobby', `round ${round}`)
      nodes.pass(1)
      nodes.restart('a')
      nodes.pass(2)
    }
    nodes.pass(10)

    assert.deepEqual([nodes.complaints, keys(nodes, 'b')], [[], []])
  })

  it('says so when there is another node of its name, and takes in nothing of it', () => {
    const nodes = cluster('a', 'b')
    const first = node(nodes, 'a')
    nodes.time.pass(1)
    const second = nodes.start('a')
    const heartbeats = nodes.network.sent
    heartbeats.length = 0
    second.shard.track('phone', 'lobby', 'double', {})
    nodes.pass(4)
    const theirs = heartbeats.find(
      ({ message }) => (message as string[])[1] === second.shard.replica,
    )
    assert.ok(theirs)
    first.pubsub.localBroadcast('gossip', theirs.message)
    first.pubsub.localBroadcast('gossip', theirs.message)

    assert.deepEqual(first.logged, [
      'error: Another node is called "a" too: give each a name of its own.',
    ])
    assert.deepEqual(everything(first.shard), [])
  })

  it('logs what makes no sense, and goes on', () => {
    const nodes = cluster('a', 'b')
    node(nodes, 'a').pubsub.localBroadcast('gossip', { some: 'thing' })
    nodes.track('b', 'phone', 'lobby', 'alice')
    nodes.pass(2)

    assert.match(node(nodes, 'a').logged.join(), /error: Gossip on "gossip" made no sense/)
    assert.deepEqual(keys(nodes, 'a'), ['alice'])
  })
})

describe('tracking', () => {
  it('gives a reference that is told with the meta', () => {
    const nodes = cluster('a', 'b')
    const ref = nodes.track('a', 'phone', 'lobby', 'alice', { from: 'home' })
    nodes.pass(1)

    for (const name of ['a', 'b']) {
      const entries = getByKey(node(nodes, name).shard.state, 'lobby', 'alice')
      assert.deepEqual(
        entries.map(({ meta }) => meta),
        [{ from: 'home', phx_ref: ref }],
      )
    }
  })

  it('is refused where the same owner tracks the same already, and not where anything differs', () => {
    const nodes = cluster('a')
    const { shard } = node(nodes, 'a')
    shard.track('phone', 'lobby', 'alice', {})

    assert.deepEqual(shard.track('phone', 'lobby', 'alice', {}), {
      ok: false,
      reason: 'already tracked',
    })
    for (const [owner, topic, key] of [
      ['laptop', 'lobby', 'alice'],
      ['phone', 'kitchen', 'alice'],
      ['phone', 'lobby', 'bob'],
    ] as const) {
      assert.equal(shard.track(owner, topic, key, {}).ok, true)
    }
  })

  it('has many devices under one key, each of which goes by itself', () => {
    const nodes = cluster('a', 'b')
    nodes.track('a', 'phone', 'lobby', 'alice')
    nodes.track('b', 'laptop', 'lobby', 'alice')
    nodes.pass(1)
    assert.deepEqual(keys(nodes, 'a'), ['alice', 'alice'])

    node(nodes, 'a').shard.untrackAll('phone')
    nodes.pass(1)
    assert.deepEqual([keys(nodes, 'a'), keys(nodes, 'b')], [['alice'], ['alice']])
  })

  it('ends for one key, or for all that an owner tracks, and for nothing where there is nothing', () => {
    const nodes = cluster('a', 'b')
    const { shard } = node(nodes, 'a')
    for (const key of ['alice', 'bob', 'carol']) nodes.track('a', 'phone', 'lobby', key)
    nodes.track('a', 'laptop', 'lobby', 'dave')

    shard.untrack('phone', 'lobby', 'alice')
    shard.untrack('phone', 'lobby', 'alice')
    shard.untrack('nobody', 'lobby', 'bob')
    nodes.pass(1)
    assert.deepEqual(keys(nodes, 'b'), ['bob', 'carol', 'dave'])
    shard.untrackAll('phone')
    shard.untrackAll('nobody')
    nodes.pass(1)
    assert.deepEqual(keys(nodes, 'b'), ['dave'])
  })

  it('P12: changes a meta in one step, with the reference before', () => {
    const nodes = cluster('a', 'b')
    const ref = nodes.track('a', 'phone', 'lobby', 'alice', { mood: 'fine' })
    nodes.pass(1)
    news(nodes, 'b')
    const updated = node(nodes, 'a').shard.update('phone', 'lobby', 'alice', { mood: 'tired' })
    assert.ok(updated.ok)
    nodes.pass(1)

    const { diffs, shard } = node(nodes, 'b')
    assert.deepEqual(
      diffs.map(({ joins, leaves }) => [joins.map(refOf), leaves.map(refOf)]),
      [[[updated.ref], [ref]]],
    )
    assert.deepEqual(everything(shard)[0]?.meta, {
      mood: 'tired',
      phx_ref: updated.ref,
      phx_ref_prev: ref,
    })
  })

  it('changes a meta by what it was, more than once in a period', () => {
    const nodes = cluster('a', 'b')
    nodes.track('a', 'phone', 'lobby', 'alice', { jobs: 0 })
    const { shard } = node(nodes, 'a')
    for (let round = 0; round < 3; round++) {
      shard.update('phone', 'lobby', 'alice', (meta) => ({
        ...meta,
        jobs: Number(meta['jobs']) + 1,
      }))
    }
    nodes.pass(1)

    assert.deepEqual(
      everything(node(nodes, 'b').shard).map(({ meta }) => meta['jobs']),
      [3],
    )
    assert.deepEqual(news(nodes, 'b'), [{ joins: ['alice'], leaves: [] }])
  })

  it('changes nothing where nothing is tracked', () => {
    const nodes = cluster('a')

    const { shard } = node(nodes, 'a')
    assert.deepEqual(shard.update('phone', 'lobby', 'alice', {}), {
      ok: false,
      reason: 'not tracked',
    })
    assert.deepEqual(news(nodes, 'a'), [])
  })

  it('can be read at any moment, also from what is told of a change', () => {
    const nodes = cluster('a')
    const { shard } = node(nodes, 'a')
    const before = shard.state
    nodes.track('a', 'phone', 'lobby', 'alice')

    assert.deepEqual([list(before, 'lobby').length, list(shard.state, 'lobby').length], [0, 1])
  })

  it('keeps the periods of the document when nothing else is said', () => {
    const {
      broadcastPeriodMs,
      maxSilentPeriods,
      permdownPeriodMs,
      clockSamplePeriods,
      maxDeltaSizes,
    } = timingOf({})

    assert.deepEqual(
      [broadcastPeriodMs, maxSilentPeriods, permdownPeriodMs, clockSamplePeriods, maxDeltaSizes],
      [1_500, 10, 1_200_000, 2, [100, 1_000, 10_000]],
    )
    assert.equal(FAST.downPeriodMs, 600)
  })
})
