import assert from 'node:assert/strict'
import { it, type TestContext } from 'node:test'
import * as fc from 'fast-check'
import { type Message, type PubSub } from '../pubsub.ts'
import { heard, type Heard } from './heard.ts'

/** Gives nodes that reach each other and nobody else, or why it cannot. They are closed when the test ends. */
export type Connect = (t: TestContext) => Promise<Nodes | string>
export type Nodes = (options?: {
  node?: string
  log?: (level: string, message: string) => void
}) => Promise<PubSub>

/** What every adapter must do. */
export function pubSubContract(connect: Connect): void {
  for (const [what, test] of Object.entries(CONTRACT)) {
    void it(what, async (t) => {
      const nodes = await connect(t)
      if (typeof nodes === 'string') return t.skip(nodes)
      await test(nodes)
    })
  }
}

async function listening(pubsub: PubSub, topic: string): Promise<Heard> {
  const listener = heard()
  await pubsub.subscribe(topic, listener.listen).ready
  return listener
}

/** Two nodes, and a listener of `news` on each. */
async function pair(connect: Nodes) {
  const [one, two] = [await connect(), await connect()]
  return { one, two, atOne: await listening(one, 'news'), atTwo: await listening(two, 'news') }
}

const CONTRACT: Readonly<Record<string, (connect: Nodes) => Promise<void>>> = {
  'has the name it was given, or one that nobody else has': async (connect) => {
    const [named, one, two] = [await connect({ node: 'left' }), await connect(), await connect()]

    assert.equal(named.node, 'left')
    assert.equal(new Set([named.node, one.node, two.node]).size, 3)
  },

  'delivers a message to every listener of its topic, on every node': async (connect) => {
    const { one, atOne, atTwo } = await pair(connect)
    const second = await listening(one, 'news')

    await one.broadcast('news', { text: 'Hello' })

    for (const listener of [atOne, second, atTwo]) {
      assert.deepEqual(await listener.count(1), [{ text: 'Hello' }])
    }
  },

  'has told the listeners of its own node when it returns': async (connect) => {
    const { one, atOne } = await pair(connect)

    const sent = one.broadcast('news', 1)
    assert.deepEqual(atOne.messages, [1])
    await sent
  },

  'delivers nothing to other topics': async (connect) => {
    const { one, two, atTwo } = await pair(connect)
    const names = ['new', 'news2', 'news.*', 'news.>', '*', '>', 'News', ' news', '', 'näws']
    const others = await Promise.all(names.map((topic) => listening(two, topic)))

    await one.broadcast('news', 'to news')
    await atTwo.count(1)

    assert.deepEqual(
      others.flatMap(({ messages }) => messages),
      [],
    )
  },

  'takes topics in any letters and of any length': async (connect) => {
    const { one, two } = await pair(connect)
    const topics = [
      '',
      'a b',
      'a.b',
      '*',
      '>',
      'ä:日本語',
      'line\nbreak',
      '"quoted"',
      'x'.repeat(3_000),
    ]
    for (const topic of topics) {
      const listener = await listening(two, topic)
      await one.broadcast(topic, topic)
      assert.deepEqual(await listener.count(1), [topic])
    }
  },

  'tells a listener that listens twice twice, until each is ended': async (connect) => {
    const { one, two, atTwo } = await pair(connect)
    const again = two.subscribe('news', atTwo.listen)

    await one.broadcast('news', 1)
    assert.deepEqual(await atTwo.count(2), [1, 1])
    again.unsubscribe()
    again.unsubscribe()
    await one.broadcast('news', 2)

    assert.deepEqual(await atTwo.count(3), [1, 1, 2])
  },

  'tells a listener nothing more once it has unsubscribed': async (connect) => {
    const { one, two, atTwo } = await pair(connect)
    const gone = heard()
    const subscription = two.subscribe('news', gone.listen)
    await subscription.ready

    await one.broadcast('news', 1)
    await atTwo.count(1)
    subscription.unsubscribe()
    await one.broadcast('news', 2)
    await atTwo.count(2)

    assert.deepEqual(gone.messages, [1])
  },

  'listens again to a topic that nobody listened to for a while': async (connect) => {
    const { one, two } = await pair(connect)
    const first = two.subscribe('talk', () => {})
    first.unsubscribe()
    const again = await listening(two, 'talk')

    await one.broadcast('talk', 'back')

    assert.deepEqual(await again.count(1), ['back'])
  },

  'leaves out the one it is from, and nobody else': async (connect) => {
    const { one, atOne, atTwo } = await pair(connect)
    const sender = heard()
    const own = one.subscribe('news', sender.listen)

    await one.broadcastFrom(own, 'news', 'from me')
    one.localBroadcastFrom(own, 'news', 'from me, here')

    assert.deepEqual(atOne.messages, ['from me', 'from me, here'])
    assert.deepEqual(await atTwo.count(1), ['from me'])
    assert.deepEqual(sender.messages, [])
  },

  'keeps to its own node what is local': async (connect) => {
    const { one, atOne, atTwo } = await pair(connect)

    one.localBroadcast('news', 'here')
    await one.broadcast('news', 'everywhere')

    assert.deepEqual(atOne.messages, ['here', 'everywhere'])
    assert.deepEqual(await atTwo.count(1), ['everywhere'])
  },

  'tells one node directly, be it itself': async (connect) => {
    const { one, two, atOne, atTwo } = await pair(connect)
    const atThree = await listening(await connect(), 'news')

    await one.directBroadcast(two.node, 'news', 'for two')
    await one.directBroadcast(one.node, 'news', 'for one')
    await one.broadcast('news', 'for all')

    assert.deepEqual(await atTwo.count(2), ['for two', 'for all'])
    assert.deepEqual(atOne.messages, ['for one', 'for all'])
    assert.deepEqual(await atThree.count(1), ['for all'])
  },

  'does not mind a node that is not there': async (connect) => {
    const { one, atOne, atTwo } = await pair(connect)

    await one.directBroadcast('nobody', 'news', 'lost')
    await one.broadcast('news', 'for all')

    assert.deepEqual([atOne.messages, await atTwo.count(1)], [['for all'], ['for all']])
  },

  'keeps the order of a sender, over topics, sizes and ways of sending': async (connect) => {
    const { one, two, atTwo } = await pair(connect)
    two.subscribe('talk', atTwo.listen)
    await two.subscribe('talk', () => {}).ready
    const numbers = Array.from({ length: 400 }, (_, number) => number)

    await Promise.all(
      numbers.map((number) => {
        const message = { number, filling: 'x'.repeat(number % 40 === 7 ? 20_000 : number % 50) }
        if (number % 3 === 0) return one.directBroadcast(two.node, 'news', message)
        return one.broadcast(number % 3 === 1 ? 'talk' : 'news', message)
      }),
    )

    const arrived = await atTwo.count(400)
    assert.deepEqual(
      arrived.map((message) => (message as { number: number }).number),
      numbers,
    )
  },

  'loses and doubles nothing while several send at once': async (connect) => {
    const { one, two, atOne, atTwo } = await pair(connect)
    const three = await connect()
    const from = async (pubsub: PubSub) => {
      const sent = upTo(150).map((number) => pubsub.broadcast('news', [pubsub.node, number]))
      await Promise.all(sent)
    }

    await Promise.all([one, two, three].map(from))

    for (const { messages } of [await settled(atOne, 450), await settled(atTwo, 450)]) {
      for (const { node } of [one, two, three]) {
        const own = messages.filter((message) => (message as [string])[0] === node)
        assert.deepEqual(
          own.map((message) => (message as [string, number])[1]),
          upTo(150),
        )
      }
    }
  },

  'gives everybody here the same order, also when a listener sends': async (connect) => {
    const one = await connect()
    const first: Message[] = []
    one.subscribe('news', (message) => {
      first.push(message)
      if (message === 'question') void one.broadcast('news', 'answer')
    })
    const second = await listening(one, 'news')

    await one.broadcast('news', 'question')

    assert.deepEqual(first, ['question', 'answer'])
    assert.deepEqual(second.messages, ['question', 'answer'])
  },

  'tells nothing of what was said before': async (connect) => {
    const one = await connect()
    const late = heard()
    one.subscribe('news', (message) => {
      if (message === 1) one.subscribe('news', late.listen)
    })

    await one.broadcast('news', 1)
    await one.broadcast('news', 2)

    assert.deepEqual(late.messages, [2])
  },

  'does not let a listener that throws disturb the others': async (connect) => {
    const said: string[] = []
    const one = await connect()
    const two = await connect({ log: (level, message) => said.push(`${level}: ${message}`) })
    two.subscribe('news', () => {
      throw new Error('the kettle is empty')
    })
    two.subscribe('news', () => Promise.reject(new Error('the pot too')) as unknown as void)
    const other = await listening(two, 'news')

    await one.broadcast('news', 1)

    assert.deepEqual(await other.count(1), [1])
    await two.broadcast('news', 2)
    assert.deepEqual(other.messages, [1, 2])
    assert.match(
      said.join('\n'),
      /error: A listener of the topic "news" failed: the kettle is empty/,
    )
    assert.match(said.join('\n'), /error: A listener of the topic "news" failed: the pot too/)
  },

  'gives the listeners of a node one and the same message, beside which they can keep what they make of it':
    async (connect) => {
      const { one, two, atOne, atTwo } = await pair(connect)
      const [besideOne, besideTwo] = [await listening(one, 'news'), await listening(two, 'news')]

      await one.broadcast('news', { text: 'Hello' })

      await Promise.all([atTwo.count(1), besideTwo.count(1)])
      assert.equal(atOne.messages[0], besideOne.messages[0])
      assert.equal(atTwo.messages[0], besideTwo.messages[0])
      assert.notEqual(atOne.messages[0], atTwo.messages[0])
    },

  'brings any message as it was, bytes and all': async (connect) => {
    const { one, atTwo } = await pair(connect)
    let sent = 0

    await fc.assert(
      fc.asyncProperty(anyMessage, async (message) => {
        await one.broadcast('news', message)
        assert.deepEqual((await atTwo.count(++sent)).at(-1), message)
      }),
      { numRuns: 60 },
    )
  },

  'brings messages of any size, around every limit': async (connect) => {
    const { one, atTwo } = await pair(connect)
    const sizes = [
      0, 1, 5_800, 5_950, 7_700, 7_800, 7_850, 7_900, 8_000, 100_000, 1_100_000, 3_000_000,
    ]
    let sent = 0
    for (const size of sizes) {
      const bytes = new Uint8Array(size).map((_, at) => (at * 31) % 251)
      for (const message of ['é'.repeat(size / 2), bytes]) {
        await one.broadcast('news', message)
        const arrived = (await atTwo.count(++sent)).at(-1)
        assert.ok(Buffer.from(arrived as string).equals(Buffer.from(message as string)), `${size}`)
      }
    }
  },

  'says so when it is closed, and hears nothing any more': async (connect) => {
    const { one, two, atOne, atTwo } = await pair(connect)
    const last = one.broadcast('news', 'goodbye')

    await one.close()

    await last
    assert.deepEqual(await atTwo.count(1), ['goodbye'])
    await assert.rejects(one.broadcast('news', 'too late'), {
      name: 'BroadcastError',
      topic: 'news',
    })
    await two.broadcast('news', 'still here')
    assert.deepEqual(atTwo.messages, ['goodbye', 'still here'])
    assert.deepEqual(atOne.messages, ['goodbye'])
  },
}

const upTo = (count: number) => Array.from({ length: count }, (_, number) => number)

async function settled(listener: Heard, count: number): Promise<Heard> {
  await listener.count(count)
  return listener
}

/** Also keys that JavaScript or the codec mean something by. */
const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', '$bytes', '$$bytes', 'constructor'))

const { anyMessage } = fc.letrec<{ anyMessage: Message }>((tie) => ({
  anyMessage: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0 || 0),
    fc.string({ unit: 'binary' }),
    fc.uint8Array(),
    fc.array(tie('anyMessage')),
    fc.dictionary(key, tie('anyMessage'), { noNullPrototype: true }),
  ),
}))
