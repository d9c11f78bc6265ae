// A node of a cluster in a process of its own. Its parent asks it over the channel between them.
import { natsPubSub, postgresPubSub } from '@showrunner/pubsub'
import { openHouse } from './house.ts'
import { type Answer, type Question, type Start } from './cluster-node.ts'

const start = JSON.parse(process.argv[2] ?? '') as Start
const tell = (answer: Answer) => process.send?.(answer)
const { node, bus, port } = start
const pubsub =
  bus.kind === 'nats'
    ? await natsPubSub({ servers: bus.url, prefix: bus.prefix, node })
    : await postgresPubSub({ databaseUrl: bus.url, node })

const house = await openHouse({
  port,
  pubsub,
  timing: { broadcastPeriodMs: 50, maxSilentPeriods: 4, downPeriodMs: 1_000 },
})

process.once('disconnect', () => process.exit(1))
process.on('message', (question: Question) => {
  if (question.kind === 'end') {
    void house.close().then(() => process.disconnect())
    process.removeAllListeners('disconnect')
  } else {
    const { room } = question
    tell({ kind: 'state', count: house.sockets.count, present: house.present(room) })
  }
})
tell({ kind: 'opened', port: house.port })
