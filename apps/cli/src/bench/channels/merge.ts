import { createTracker, type Tracker } from '@showrunner/presence'
import { localNetwork, localPubSub, type LocalNetwork, type PubSub } from '@showrunner/pubsub'
import { median } from '../figures.ts'
import { type ChannelsBench } from './bench.ts'
import { PRESENCE_TOPIC } from './subjects.ts'

const ENTRIES = 10_000
/** So that a node that begins has heard of the other, and been given all that it knows, at once. */
const BROADCAST_MS = 20

/** A node with ten thousand entries, and one that begins and is given them: how long that keeps it from doing anything else. */
export async function benchMerge({ rounds, say }: ChannelsBench): Promise<string> {
  say('Merging lists')
  const took: number[] = []
  for (let round = 0; round < rounds + 1; round++) took.push(await merge())
  const [, ...warm] = took
  return `A node that begins takes in the ${ENTRIES.toLocaleString('en')} entries of another in ${median(warm).toFixed(0)} ms (${Math.min(...warm).toFixed(0)}–${Math.max(...warm).toFixed(0)}).\n`
}

async function merge(): Promise<number> {
  const network = localNetwork()
  const one = await begin('one', network)
  for (let number = 0; number < ENTRIES; number++) {
    one.tracker.track(`channel ${number}`, PRESENCE_TOPIC, `visitor ${number}`, { mood: 'fine' })
  }
  const other = await begin('other', network)
  while (other.tracker.list(PRESENCE_TOPIC).length < ENTRIES) {
    await new Promise((resolve) => setTimeout(resolve, BROADCAST_MS))
  }
  await Promise.all([one.end(), other.end()])
  return other.busyMs()
}

async function begin(node: string, network: LocalNetwork) {
  const pubsub = await localPubSub({ node, network })
  let busyMs = 0
  const subscribe: PubSub['subscribe'] = pubsub.subscribe.bind(pubsub)
  pubsub.subscribe = (topic, listener) =>
    subscribe(topic, (message, of) => {
      const from = performance.now()
      listener(message, of)
      busyMs += performance.now() - from
    })
  const tracker: Tracker = createTracker({
    pubsub,
    name: 'bench',
    broadcastPeriodMs: BROADCAST_MS,
  })
  const end = async () => {
    await tracker.stop()
    await pubsub.close()
  }
  return { tracker, end, busyMs: () => busyMs }
}
