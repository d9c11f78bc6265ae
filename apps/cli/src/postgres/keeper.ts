import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError, errorCode, errorMessage } from '../errors.ts'
import { type Cluster } from './cluster.ts'
import { answers, localUrl } from './connection.ts'
import { isFree } from './ports.ts'
import { findPostmaster, forgetMistakenPostmaster } from './postmaster.ts'
import { type Quarters } from './quarters.ts'
import { type Server, startServer } from './server.ts'

/** A server at work, started here or by another process. */
export interface Presence {
  readonly port: number
  /** Resolves when it is gone. */
  readonly gone: Promise<unknown>
  /** Ends it, if it is ours. */
  readonly leave: () => Promise<void>
}

export interface KeptCluster {
  readonly quarters: Quarters
  readonly cluster: Cluster
  readonly settings: Readonly<Record<string, string>>
}

/** Below 32768, where the system begins to hand out ports to outgoing connections. */
const FIRST_PORT = 24_100
const PORTS = 200
const LOOK_MS = 250
/** Another process may be starting it, or it may be shutting down. */
const OTHERS_MS = 60_000

/** Uses the server that is at work on the cluster, or starts one. With a port given, on no other. */
export async function attend(kept: KeptCluster, port?: number): Promise<Presence> {
  const deadline = performance.now() + OTHERS_MS
  while (performance.now() < deadline) {
    const running = await useRunning(kept, deadline - performance.now())
    if (running) return running
    forgetMistakenPostmaster(kept.cluster.data)
    const started = await startOnFreePort(kept, port)
    if (started) return started
    await wait(LOOK_MS)
  }
  throw new CommandError(
    `PostgreSQL did not become available within ${OTHERS_MS / 1000} s. Its log: ${join(kept.quarters.folder, 'log')}`,
  )
}

async function useRunning(
  { cluster }: KeptCluster,
  patience: number,
): Promise<Presence | undefined> {
  const postmaster = findPostmaster(cluster.data)
  if (!postmaster || postmaster.stopping || !postmaster.port) return undefined
  const { port } = postmaster
  const isGone = () => findPostmaster(cluster.data)?.pid !== postmaster.pid
  const failure = await answers(localUrl(cluster.password, port, 'postgres'), patience, isGone)
  if (failure) return undefined
  return watch(port, isGone)
}

function watch(port: number, isGone: () => boolean): Presence {
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = setInterval(() => {
    if (isGone()) resolve()
  }, LOOK_MS)
  look.unref()
  return {
    port,
    gone: promise.finally(() => clearInterval(look)),
    leave: async () => resolve(),
  }
}

async function startOnFreePort(kept: KeptCluster, only?: number): Promise<Presence | undefined> {
  const first = only ?? rememberedPort(kept)
  const last = only ?? first + PORTS
  for (let port = first; port <= last; port += 1) {
    if (!(await isFree(port, '127.0.0.1'))) continue
    const server = await startServer(kept.quarters, kept.cluster, port, kept.settings)
    if (server === 'already running') return undefined
    if (server === 'port taken') continue
    writeFileSync(portFile(kept), String(port))
    return own(server)
  }
  return undefined
}

function own(server: Server): Presence {
  return { port: server.port, gone: server.ended, leave: () => server.stop() }
}

function rememberedPort(kept: KeptCluster): number {
  try {
    return Number(readFileSync(portFile(kept), 'utf8')) || FIRST_PORT
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return FIRST_PORT
    throw new CommandError(`Cannot read ${portFile(kept)}: ${errorMessage(error)}`)
  }
}

function portFile({ quarters }: KeptCluster): string {
  return join(quarters.folder, 'port')
}
