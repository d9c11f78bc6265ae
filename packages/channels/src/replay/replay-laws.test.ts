import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { REPLAY_RUNS } from './testing/env.ts'
import { ChatWorld, Client, type Got } from './testing/chat-world.ts'

const NODES = 3
const CLIENTS = 3

type Step = readonly [
  'say' | 'sayAt' | 'join' | 'leave' | 'deliver' | 'pass' | 'replace' | 'cut off',
  who: number,
  how: number,
]

const small = fc.nat({ max: 11 })
const often = (what: Step[0], weight: number) => ({
  weight,
  arbitrary: fc.tuple(fc.constant(what), small, small),
})
const steps = fc.array(
  fc.oneof(
    often('say', 4),
    often('sayAt', 4),
    often('join', 4),
    often('leave', 2),
    often('deliver', 10),
    often('pass', 2),
    often('replace', 1),
    often('cut off', 1),
  ),
  { minLength: 10, maxLength: 70, size: 'max' },
)

async function played(
  history: readonly Step[],
  knowsListeners: boolean,
): Promise<{ world: ChatWorld; clients: Client[] }> {
  const world = new ChatWorld(NODES, knowsListeners)
  const clients = Array.from({ length: CLIENTS }, () => new Client(world))
  const client = (who: number) => clients[who % CLIENTS] as Client
  for (const [what, who, how] of history) {
    if (what === 'say') client(who).say()
    else if (what === 'sayAt') world.sayAt(who)
    else if (what === 'join') await client(who).join(how)
    else if (what === 'leave') client(who).leave(how % 4)
    else if (what === 'deliver') for (let each = 0; each <= how; each += 1) world.links.deliver(who)
    else if (what === 'pass') world.time.pass(how * 60)
    else if (what === 'cut off') world.node(who).pubsub.cutOff()
    else {
      for (const one of clients) if (one.isAt(world.node(who).name)) one.leave(how % 4)
      await world.replace(who)
    }
    await world.rest()
  }
  // In the end everybody is back.
  await world.quiet()
  for (const [at, one] of clients.entries()) if (!one.isConnected) await one.join(at)
  await world.quiet()
  for (const one of clients) one.arrive()
  return { world, clients }
}

/** What a client got from the time it was told that it knows where it stands, up to where it was told that it does not. */
function stretches({ got }: Client): Got[][] {
  const all: Got[][] = []
  for (const one of got) {
    const isBegin =
      one.event === 'replay' && (all.length === 0 || one.payload['complete'] === false)
    if (isBegin) all.push([])
    all.at(-1)?.push(one)
  }
  return all
}

const numbers = (stretch: readonly Got[]) =>
  stretch.filter(({ event }) => event === 'said').map(({ payload }) => Number(payload['number']))

describe('a client that joins with the last id it has seen', () => {
  it('misses nothing, gets nothing twice and each sender’s in order, wherever it goes and comes back', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (history, knowsListeners) => {
        const { world, clients } = await played(history, knowsListeners)
        for (const client of clients) {
          const all = stretches(client)
          for (const stretch of all) {
            const heard = numbers(stretch)
            assert.equal(new Set(heard).size, heard.length, `twice: ${heard.join()}`)
            for (const node of new Set(world.said.map((said) => said.node))) {
              const own = heard.filter((number) => world.said[number - 1]?.node === node)
              assert.deepEqual(
                own,
                own.toSorted((one, other) => one - other),
              )
            }
          }
          const last = all.at(-1) ?? []
          const heard = new Set(numbers(last))
          const missed = world.said
            .map(({ by }, index) => ({ by, number: index + 1 }))
            .filter(({ by, number }) => number > (last[0]?.said ?? Infinity) && by !== client)
            .filter(({ number }) => !heard.has(number))
          assert.deepEqual(missed, [])
        }
      }),
      { numRuns: REPLAY_RUNS },
    )
  })
})
