import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { describe, it, type TestContext } from 'node:test'
import { createServices } from '@showrunner/presence'
import { localNetwork, localPubSub, type LocalNetwork } from '@showrunner/pubsub'
import { connected, createSockets } from '../index.ts'
import { CLOSE } from '../outlet.ts'
import { TestTime } from '../replay/testing/chat-world.ts'
import { v2 } from '../serializers/v2.ts'
import { MemoryOutlet } from '../testing/memory-outlet.ts'
import { rebalancing } from './rebalancing.ts'

const PERIOD_MS = 1_000
const rules = { least: 5, threshold: 0.2, part: 0.5 }

async function open(t: TestContext, network: LocalNetwork, time: TestTime) {
  const pubsub = await localPubSub({ network })
  const sockets = createSockets({ pubsub, channels: [], connect: () => connected(undefined), time })
  const services = createServices({ pubsub, time, broadcastPeriodMs: 100, random: () => 0.5 })
  const balance = rebalancing({
    services,
    sockets,
    time,
    rules,
    periodMs: PERIOD_MS,
    random: () => 0.5,
  })
  t.after(async () => {
    balance.stop()
    await services.stop()
    await sockets.close()
    await pubsub.close()
  })
  return { sockets, services, balance }
}

type Node = Awaited<ReturnType<typeof open>>

function comes({ sockets }: Node): MemoryOutlet {
  const outlet = new MemoryOutlet()
  sockets.open({ visitor: undefined, id: undefined, serializer: v2 }, outlet)
  return outlet
}

async function pass(time: TestTime, periods: number): Promise<void> {
  for (let at = 0; at < periods * 20; at += 1) {
    time.pass(PERIOD_MS / 20)
    await setImmediate()
  }
}

describe('rebalancing', () => {
  it('sends those who have been with a full node for the longest to the others, and stops', async (t) => {
    const [network, time] = [localNetwork(), new TestTime()]
    const full = await open(t, network, time)
    const clients = Array.from({ length: 90 }, () => comes(full))
    const others = [await open(t, network, time), await open(t, network, time)]
    let away = 0

    for (let round = 0; round < 30; round += 1) {
      await pass(time, 1)
      const closed = 90 - full.sockets.count
      for (let at = away; at < closed; at += 1) comes(others[at % 2] as Node)
      away = closed
    }

    const counts = [full, ...others].map(({ sockets }) => sockets.count)
    assert.equal(
      counts.reduce((all, one) => all + one),
      90,
    )
    assert.ok(Math.max(...counts) <= 36 && Math.min(...counts) >= 24, counts.join())
    const gone = clients.filter(({ closed }) => closed.all.length > 0)
    assert.deepEqual(gone, clients.slice(0, away))
    assert.ok(gone.every(({ closed }) => closed.all[0]?.code === CLOSE.restart))
    const before = full.sockets.count
    await pass(time, 20)
    assert.equal(full.sockets.count, before)
  })

  it('closes nobody while a node is alone, also when the others have gone', async (t) => {
    const [network, time] = [localNetwork(), new TestTime()]
    const last = await open(t, network, time)
    const other = await open(t, network, time)
    for (let at = 0; at < 40; at += 1) comes(last)
    other.balance.stop()
    await other.services.stop()

    await pass(time, 20)

    assert.equal(last.sockets.count, 40)
  })
})
