import { type BroadcastAt, type Memory, type ServerRequest, type Usage } from './requests.ts'
import { type Served } from './servers/served.ts'
import { type Subject } from './subjects.ts'

const [subject] = process.argv.slice(2) as [Subject]
const served = await serve(subject)
process.on('message', (request: ServerRequest) => process.send?.(answer(request)))
process.once('disconnect', () => process.exit())
process.send?.({ port: served.port })

/** Only what is under test is loaded, as anything else would weigh in its memory. */
async function serve(subject: Subject): Promise<Served> {
  if (subject === 'channels') return (await import('./servers/channels-server.ts')).serveChannels()
  if (subject === 'ws') return (await import('./servers/bare-server.ts')).serveBare()
  return (await import('./servers/socket-io-server.ts')).serveSocketIo()
}

function answer(request: ServerRequest): Memory | Usage | BroadcastAt {
  if (request.do === 'memory') return memory()
  if (request.do === 'usage') return usage()
  const at = Number(process.hrtime.bigint()) / 1e6
  served.broadcast(request.text)
  return { at }
}

/** What is left when everything is collected that can be, as if memory was about to run out. */
function memory(): Memory {
  for (let time = 0; time < 3; time++) {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }
  const { rss, heapUsed } = process.memoryUsage()
  return { rss, heap: heapUsed }
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { busyMs: (user + system) / 1000, diffs: served.diffs }
}
