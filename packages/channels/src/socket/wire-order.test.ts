import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { refuse, welcome } from '../answers.ts'
import { house } from '../testing/house.ts'
import { type ServerMessage } from '../testing/server-frame.ts'

const TOPICS = ['room:1', 'room:2']

/** What may happen: of a client, of its handlers, and of the others in the topic. */
type Step =
  | { readonly do: 'join'; readonly topic: string; readonly how: 'ok' | 'refused' | 'throws' }
  | {
      readonly do: 'push'
      readonly topic: string
      readonly how: 'ok' | 'later' | 'slow' | 'throws' | 'closes'
    }
  | { readonly do: 'leave' | 'stale leave' | 'broadcast'; readonly topic: string }
  | { readonly do: 'work is done' | 'time passes' }

const topic = fc.constantFrom(...TOPICS)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      topic,
      how: fc.constantFrom('ok' as const, 'ok' as const, 'refused' as const, 'throws' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      topic,
      how: fc.constantFrom(
        'ok' as const,
        'later' as const,
        'slow' as const,
        'throws' as const,
        'closes' as const,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('leave' as const, 'stale leave' as const, 'broadcast' as const),
      topic,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('work is done' as const, 'time passes' as const) }),
  },
)

/** One client that goes through it all; joins and slow handlers are done when the step says so. */
async function history(steps: readonly Step[], isSlow: boolean) {
  let waiting: (() => void)[] = []
  const work = () => new Promise<void>((resolve) => waiting.push(resolve))
  const welcomed: object[] = []
  const ended: object[] = []
  const { connect, sockets, time } = await house({
    join: async ({ params }) => {
      if (isSlow) await work()
      const { how } = params as { how: string }
      if (how === 'refused') return refuse('no')
      if (how === 'throws') throw new Error('no')
      const state = {}
      welcomed.push(state)
      return welcome({ state })
    },
    joined: (channel) => channel.push('said', { n: 1 }),
    in: {
      ask: (how, channel) => {
        if (how === 'throws') throw new Error('no')
        if (how === 'closes') channel.close()
        if (how === 'later') return channel.later(work().then(() => ({ n: 1 })))
        return how === 'slow' ? work().then(() => ({ n: 2 })) : { n: 3 }
      },
    },
    ended: (channel) => {
      ended.push(channel.state as object)
      channel.push('said', { n: 4 })
    },
  })
  const ada = await connect()
  const joinRefs = new Map<string, string>()
  const finish = async () => {
    while (waiting.length > 0) {
      const done = waiting
      waiting = []
      for (const one of done) one()
      await new Promise(setImmediate)
    }
  }
  for (const next of steps) {
    const ref = ada.nextRef()
    if (next.do === 'join') {
      joinRefs.set(next.topic, ref)
      ada.send([ref, ref, next.topic, 'phx_join', { how: next.how }])
    } else if (next.do === 'push')
      ada.send([joinRefs.get(next.topic) ?? null, ref, next.topic, 'ask', next.how])
    else if (next.do === 'leave')
      ada.send([joinRefs.get(next.topic) ?? null, ref, next.topic, 'phx_leave', {}])
    else if (next.do === 'stale leave') ada.send(['stale', ref, next.topic, 'phx_leave', {}])
    else if (next.do === 'broadcast')
      sockets.broadcast({ topic: 'room:*' }, next.topic, 'said' as never, { n: 0 } as never)
    else if (next.do === 'time passes') time.pass(10_001)
    else await finish()
    if (next.do !== 'time passes') await Promise.resolve()
  }
  await finish()
  await new Promise(setImmediate)
  const atEnd = sockets.list()[0]?.channels ?? []
  ada.disconnect()
  await new Promise(setImmediate)
  return { messages: ada.messages, welcomed, ended, atEnd, joins: [...joinRefs.values()] }
}

function assertOrdered(messages: readonly ServerMessage[]): void {
  const answered = messages.filter(({ event, ref }) => event === 'phx_reply' && ref !== null)
  const refs = answered.map(({ ref }) => ref)
  assert.equal(new Set(refs).size, refs.length, 'a ref is answered once')

  const joinRefs = new Set(
    messages.flatMap(({ joinRef }) => (joinRef === null || joinRef === 'stale' ? [] : [joinRef])),
  )
  for (const joinRef of joinRefs) {
    const own = messages.filter((message) => message.joinRef === joinRef)
    const [first] = own
    // What is replaced before it was answered hears only that it is closed; a leave in time is answered all the same.
    const isReply = first?.event === 'phx_reply' && first.ref === joinRef
    const isUnanswered = own.every(
      ({ event, ref }) => event === 'phx_close' || (event === 'phx_reply' && ref !== joinRef),
    )
    assert.ok(isReply || isUnanswered, `the reply to the join ${joinRef} comes first`)
    const over = own.findIndex(({ event }) => event === 'phx_close' || event === 'phx_error')
    // To leave what has been left is answered, and nothing else comes.
    const after = over < 0 ? [] : own.slice(over + 1)
    assert.ok(
      after.every(({ event }) => event === 'phx_reply'),
      `nothing comes after the end of ${joinRef}`,
    )
  }
}

describe('Whatever a client does', () => {
  it('every ref is answered once, the reply to a join comes first, and nothing after the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, isSlow) => {
        const { messages } = await history(steps, isSlow)
        assertOrdered(messages)
      }),
      { numRuns: 1000 },
    )
  })

  it('`ended` is called once for every welcome, and never else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, isSlow) => {
        const { welcomed, ended } = await history(steps, isSlow)
        assert.equal(ended.length, welcomed.length)
        assert.deepEqual(new Set(ended), new Set(welcomed))
      }),
      { numRuns: 1000 },
    )
  })

  it('a channel that replaces another is told so first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { messages } = await history(steps, false)
        const joined = messages.filter(
          ({ event, ref, joinRef, payload }) =>
            event === 'phx_reply' && ref === joinRef && 'status' in payload,
        )
        for (const { topic, joinRef } of joined) {
          const reply = messages.findIndex(
            (message) => message.ref === joinRef && message.event === 'phx_reply',
          )
          const own = messages.findIndex(
            (message) => message.joinRef === joinRef && message.topic === topic,
          )
          assert.equal(own, reply)
        }
      }),
      { numRuns: 500 },
    )
  })
})
