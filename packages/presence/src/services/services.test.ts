import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { type Message } from '@showrunner/pubsub'
import { fakeTime } from '../testing/fake-time.ts'
import { seeded, simulatedNetwork } from '../testing/simulation.ts'
import { type ServiceChange } from './changes.ts'
import { type Ref } from './instance.ts'
import { type Placed } from './placements.ts'
import { byKey } from './routes.ts'
import { createServices, type Services, type ServicesOptions } from './services.ts'

function world() {
  const time = fakeTime()
  const random = seeded(5)
  const network = simulatedNetwork(time, random)
  const open = (node: string, more: Partial<ServicesOptions> = {}): Services =>
    createServices({
      pubsub: network.node(node),
      time,
      random,
      broadcastPeriodMs: 100,
      maxSilentPeriods: 3,
      permdownPeriodMs: 5_000,
      ...more,
    })
  const pass = async (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += 20) {
      time.pass(20)
      await setImmediate()
    }
  }
  /** What comes of it, letting the time pass that it takes. */
  const outcome = async <Result>(promise: Promise<Result>): Promise<Result> => {
    const ended = Promise.allSettled([promise])
    const signal = { over: false }
    void ended.then(() => (signal.over = true))
    for (let turn = 0; turn < 2_000 && !signal.over; turn++) await pass(20)
    return promise
  }
  return { time, network, open, pass, outcome }
}

async function pair() {
  const { open, ...rest } = world()
  const [one, two] = [open('a'), open('b')]
  await rest.pass(800)
  return { ...rest, open, one, two }
}

const echo = (from: string) => ({ handle: (request: Message) => ({ from, request }) })

/** A handler whose calls end when they are told to. */
function slow() {
  const waiting: (() => void)[] = []
  const handle = () => new Promise<Message>((resolve) => waiting.push(() => resolve('done')))
  return { handle, waiting, finish: () => waiting.splice(0).forEach((end) => end()) }
}

describe('list', () => {
  it('shows on every node who is there, with what they say of themselves', async () => {
    const { one, two, pass } = await pair()
    const crawler = one.register('crawler', { ...echo('a'), meta: { jobs: 99 } })
    two.register('crawler', { ...echo('b'), meta: { jobs: 45 } })
    await pass(300)

    for (const services of [one, two]) {
      const list = services
        .list('crawler')
        .map(({ ref, meta }) => `${ref.node} ${Number(meta['jobs'])}`)
      assert.deepEqual(list.sort(), ['a 99', 'b 45'])
    }
    crawler.update({ jobs: 98 })
    await pass(300)
    assert.deepEqual(
      two
        .list('crawler')
        .map(({ meta }) => Number(meta['jobs']))
        .sort((one, other) => one - other),
      [45, 98],
    )
    crawler.stop()
    await pass(300)
    assert.deepEqual(
      two.list('crawler').map(({ ref }) => ref.node),
      ['b'],
    )
    assert.deepEqual(two.list('nothing'), [])
  })

  it('shows how much each has to do', async () => {
    const { one, two, pass, outcome } = await pair()
    const { handle, finish } = slow()
    const { ref } = one.register('audio', { handle, concurrency: 1 })
    await pass(300)
    const calls = [1, 2, 3].map((request) => two.ask(ref, request))
    await pass(600)
    assert.deepEqual(
      two.list('audio').map(({ meta }) => meta['load']),
      [3],
    )

    for (let call = 0; call < 3; call++) {
      finish()
      await pass(40)
    }
    assert.deepEqual(await outcome(Promise.all(calls)), ['done', 'done', 'done'])
    await pass(600)
    assert.deepEqual(
      two.list('audio').map(({ meta }) => meta['load']),
      [0],
    )
  })

  it('does not show who is on a node that is not heard, until it is', async () => {
    const { one, two, pass, network } = await pair()
    one.register('audio', echo('a'))
    await pass(300)
    network.cut('a', 'b')
    await pass(1_500)
    assert.deepEqual(two.list('audio'), [])
    network.heal()
    await pass(1_000)
    assert.equal(two.list('audio').length, 1)
  })
})

describe('call', () => {
  it('asks one, here or elsewhere, and gives its answer', async () => {
    const { one, two, pass, outcome } = await pair()
    one.register('echo', echo('a'))
    await pass(300)

    const request = { bytes: new Uint8Array([1, 2]) }
    for (const services of [one, two]) {
      assert.deepEqual(await outcome(services.call('echo', request)), { from: 'a', request })
    }
  })

  it('goes by key to the same one from every node', async () => {
    const { one, two, pass, outcome } = await pair()
    one.register('game', echo('a'))
    two.register('game', echo('b'))
    await pass(300)

    const answers = new Set<string>()
    for (let user = 0; user < 20; user++) {
      const route = byKey(user)
      const from = await outcome(
        Promise.all([one, two].map((services) => services.call('game', user, { route }))),
      )
      assert.deepEqual(from[0], from[1])
      answers.add(JSON.stringify((from[0] as { from: string }).from))
    }
    assert.deepEqual([...answers].sort(), ['"a"', '"b"'])
  })

  it('fails as what was asked failed', async () => {
    const { one, two, pass, outcome } = await pair()
    one.register('audio', { handle: () => Promise.reject(new Error('no such file')) })
    await pass(300)

    await assert.rejects(outcome(two.call('audio', 1)), {
      name: 'CallFailedError',
      message: 'no such file',
      service: 'audio',
    })
  })

  it('fails where there is nobody', async () => {
    const { one } = await pair()

    await assert.rejects(one.call('audio', 1), {
      name: 'NoServiceError',
      message: 'Nobody offers "audio"',
      mayBeDone: false,
    })
    assert.throws(() => one.cast('audio', 1), { name: 'NoServiceError' })
  })

  it('fails when there is no answer in time', async () => {
    const { one, two, pass, outcome } = await pair()
    one.register('audio', slow())
    await pass(300)

    await assert.rejects(
      outcome(two.call('audio', 1, { timeoutMs: 100 })),
      /did not answer within 100 ms/,
    )
    await assert.rejects(outcome(two.call('audio', 1)), { name: 'CallTimeoutError' })
  })

  it('is refused by who has enough to do', async () => {
    const { one, two, pass, outcome } = await pair()
    const { handle, waiting, finish } = slow()
    one.register('audio', { handle, concurrency: 2, queue: 1 })
    await pass(300)
    const calls = [1, 2, 3].map((request) => two.call('audio', request))
    await pass(40)

    await assert.rejects(outcome(two.call('audio', 4)), { name: 'OverloadedError' })
    assert.equal(waiting.length, 2)
    finish()
    await pass(40)
    finish()
    assert.equal((await outcome(Promise.all(calls))).length, 3)
  })

  it('is refused by its own node when that waits for enough answers', async () => {
    const { open, pass, outcome } = world()
    const [one, two] = [open('a'), open('b', { calling: { concurrency: 1, queue: 1 } })]
    await pass(800)
    const { handle, waiting, finish } = slow()
    one.register('audio', { handle })
    one.register('other', echo('a'))
    await pass(300)
    const calls = [1, 2].map((request) => two.call('audio', request))
    await pass(40)

    await assert.rejects(
      two.call('audio', 3),
      /OverloadedError: This node waits for 2 answers of "audio" already/,
    )
    assert.equal(waiting.length, 1)
    assert.ok(await outcome(two.call('other', 1)))
    finish()
    await pass(100)
    finish()
    await outcome(Promise.all(calls))
  })

  it('asks another one when the first has just gone, and nobody twice', async () => {
    const { one, two, pass, outcome, network } = await pair()
    let done = 0
    const going = one.register('audio', { handle: () => ++done })
    two.register('audio', { handle: () => ++done })
    await pass(300)
    network.weather.loss = 0
    going.stop()

    for (let call = 1; call <= 3; call++) assert.equal(await outcome(two.call('audio', call)), call)
  })

  it('fails when who was asked has gone, and says that it may have been done', async () => {
    const { one, two, pass, outcome, network } = await pair()
    one.register('audio', slow())
    await pass(300)
    const call = two.call('audio', 1, { timeoutMs: 60_000 })
    await pass(40)
    network.cut('a', 'b')

    await assert.rejects(outcome(call), { name: 'NoServiceError', mayBeDone: true })
  })
})

describe('broadcast', () => {
  it('tells all of them, on every node, and nobody where there is nobody', async () => {
    const { one, two, pass } = await pair()
    const told: string[] = []
    for (const [node, services] of [['a', one] as const, ['b', two] as const]) {
      services.register('cache', {
        handle: (what) => void told.push(`${node} ${JSON.stringify(what)}`),
      })
    }
    await pass(300)

    two.broadcast('cache', 'drop it')
    two.broadcast('nobody', 'anything')
    await pass(300)

    assert.deepEqual(told.sort(), ['a "drop it"', 'b "drop it"'])
  })
})

describe('cast and monitor', () => {
  it('tell one and do not wait', async () => {
    const { one, two, pass } = await pair()
    const told: Message[] = []
    one.register('log', { handle: (request) => void told.push(request) })
    await pass(300)

    two.cast('log', 'hello')
    await pass(40)
    assert.deepEqual(told, ['hello'])
  })

  it('hear who comes, changes and goes', async () => {
    const { one, two, pass } = await pair()
    const heard: string[] = []
    const end = two.monitor('audio', ({ is, instance }: ServiceChange) => {
      heard.push(`${is} ${instance.ref.node} ${Number(instance.meta['jobs'])}`)
    })
    two.monitor('audio', () => {
      throw new Error('broken')
    })
    const audio = one.register('audio', { ...echo('a'), meta: { jobs: 1 } })
    await pass(300)
    audio.update({ jobs: 2 })
    await pass(300)
    audio.stop()
    await pass(300)
    end()
    one.register('audio', echo('a'))
    await pass(300)

    assert.deepEqual(heard, ['joined a 1', 'updated a 2', 'left a 2'])
  })
})

describe('place', () => {
  /** A game that counts, on nodes that note what happens to theirs. */
  function games(services: Services, node: string, noted: string[]) {
    services.offer('game', {
      start: (id, args): Placed => {
        let score = Number(args ?? 0)
        noted.push(`${node} starts ${id}`)
        return {
          handle: (points) => (score += Number(points)),
          end: (reason) => void noted.push(`${node} ends ${id}: ${reason}`),
        }
      },
    })
  }

  async function arcade() {
    const parts = await pair()
    const noted: string[] = []
    games(parts.one, 'a', noted)
    games(parts.two, 'b', noted)
    await parts.pass(300)
    return { ...parts, noted }
  }

  it('starts one somewhere, which is found and asked from everywhere', async () => {
    const { one, two, noted, pass, outcome } = await arcade()
    const ref = await outcome(one.place('game', 'chess:1', { args: 10 }))
    await pass(300)

    assert.deepEqual(noted, [`${ref.node} starts chess:1`])
    const kept = JSON.parse(JSON.stringify(ref)) as Ref
    assert.equal(await outcome(one.ask(kept, 1)), 11)
    assert.equal(await outcome(two.ask(kept, 1)), 12)
    assert.deepEqual([one.lookup('game', 'chess:1'), two.lookup('game', 'chess:1')], [ref, ref])
    assert.equal(one.lookup('game', 'chess:2'), undefined)
  })

  it('starts one only, also when several ask at once', async () => {
    const { one, two, noted, outcome } = await arcade()
    const refs = await outcome(
      Promise.all([one, two, one, two].map((services) => services.place('game', 'chess:1'))),
    )

    assert.equal(noted.length, 1)
    assert.equal(new Set(refs.map((ref) => JSON.stringify(ref))).size, 1)
  })

  it('spreads them over the nodes', async () => {
    const { one, noted, outcome } = await arcade()
    for (let game = 0; game < 20; game++) await outcome(one.place('game', `chess:${game}`))

    const onA = noted.filter((note) => note.startsWith('a')).length
    assert.ok(onA > 3 && onA < 17, String(onA))
  })

  it('ends one from anywhere', async () => {
    const { one, two, noted, pass, outcome } = await arcade()
    const ref = await outcome(one.place('game', 'chess:1'))
    await pass(300)
    await outcome(two.end(ref))
    await pass(300)

    assert.equal(noted[1], `${ref.node} ends chess:1: ended`)
    assert.equal(one.lookup('game', 'chess:1'), undefined)
    await assert.rejects(outcome(one.ask(ref, 1)), { name: 'NoServiceError', mayBeDone: false })
  })

  it('starts it again elsewhere when its node has gone', async () => {
    const { one, two, noted, pass, outcome } = await arcade()
    const ref = await outcome(one.place('game', 'chess:1'))
    await pass(300)
    const [gone, rest] = ref.node === 'a' ? [one, two] : [two, one]
    await outcome(gone.stop())
    await pass(300)
    assert.equal(rest.lookup('game', 'chess:1'), undefined)

    const again = await outcome(rest.place('game', 'chess:1'))
    assert.notEqual(again.node, ref.node)
    assert.deepEqual(noted.slice(1), [
      `${ref.node} ends chess:1: stopped`,
      `${again.node} starts chess:1`,
    ])
  })

  it('keeps the older of two that a split made, on all nodes, and tells the other why it ends', async () => {
    const { one, two, noted, pass, outcome, network } = await arcade()
    network.cut('a', 'b')
    await pass(1_500)
    const younger = async () => outcome(one.place('game', 'chess:1'))
    const older = await outcome(two.place('game', 'chess:1'))
    await pass(100)
    assert.notDeepEqual(await younger(), older)
    assert.deepEqual(noted, ['b starts chess:1', 'a starts chess:1'])

    network.heal()
    await pass(1_500)

    assert.deepEqual(noted.slice(2), ['a ends chess:1: conflict'])
    assert.deepEqual([one.lookup('game', 'chess:1'), two.lookup('game', 'chess:1')], [older, older])
    assert.equal(await outcome(one.ask(older, 5)), 5)
  })

  it('says why it could not be started, and may be tried again', async () => {
    const { one, pass, outcome } = await pair()
    let tries = 0
    one.offer('game', {
      start: () => {
        if (++tries === 1) throw new Error('no board')
        return { handle: () => 'fine' }
      },
    })
    await pass(300)

    await assert.rejects(outcome(one.place('game', 'chess:1')), {
      name: 'CallFailedError',
      message: 'no board',
    })
    assert.equal(await outcome(one.ask(await outcome(one.place('game', 'chess:1')), 1)), 'fine')
  })
})
