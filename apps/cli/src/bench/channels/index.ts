import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { type ChannelsBench } from './bench.ts'
import { benchBroadcast } from './broadcast.ts'
import { benchEcho } from './echo.ts'
import { benchMemory } from './memory.ts'
import { checkOpenFiles } from './open-files.ts'
import { benchPresence } from './presence.ts'

export const CHANNEL_PARTS = ['memory', 'broadcast', 'echo', 'presence'] as const
export type ChannelPart = (typeof CHANNEL_PARTS)[number]

const MEASURES: Record<ChannelPart, (bench: ChannelsBench) => Promise<string>> = {
  memory: benchMemory,
  broadcast: benchBroadcast,
  echo: benchEcho,
  presence: benchPresence,
}

/** Of the connections that are asked for, how many each part takes. */
const SHARES: Record<ChannelPart, number> = { memory: 1, broadcast: 0.5, echo: 0.01, presence: 0.1 }

/** Measures the channels beside a bare `ws` server and Socket.IO, in turn in one run, and shows each table when it is there. */
export async function benchChannels(
  parts: readonly ChannelPart[],
  bench: ChannelsBench,
  show: (table: string) => void,
): Promise<void> {
  const shares = parts.map((part) => Math.ceil(bench.connections * SHARES[part]))
  checkOpenFiles(Math.max(...shares))
  for (const [at, part] of parts.entries()) {
    show(await MEASURES[part]({ ...bench, connections: shares[at] ?? 1 }))
  }
  show(machine())
}

function machine(): string {
  const require = createRequire(import.meta.url)
  const [fastify, ws, socketIo] = ['fastify', 'ws', 'socket.io'].map(
    (name) => (require(`${name}/package.json`) as { version: string }).version,
  )
  return `Node ${process.versions.node}, Fastify ${fastify}, ws ${ws}, Socket.IO ${socketIo}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; servers and clients in processes of their own, without TLS and compression; medians of the rounds, ratios round by round with their spread.\n`
}
