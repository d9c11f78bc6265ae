import { setTimeout as wait } from 'node:timers/promises'
import { errorMessage } from '../errors.ts'
import { connected, localUrl } from './connection.ts'
import { ensureCluster } from './cluster.ts'
import { attend, type KeptCluster, type Presence } from './keeper.ts'
import { findQuarters } from './quarters.ts'

const DATABASE = 'showrunner'
const RETRY_MS = 1_000

/** The embedded PostgreSQL of a data folder, kept running until closed. */
export interface Embedded {
  readonly url: string
  readonly port: number
  readonly close: () => Promise<void>
}

export interface EmbeddedOptions {
  readonly dataDir: string
  /** Told of what would surprise: another folder, a server that died. */
  readonly report: (line: string) => void
}

/** Starts it, or uses the one another process runs, and starts it again whenever it goes away. */
export async function openEmbedded({ dataDir, report }: EmbeddedOptions): Promise<Embedded> {
  const quarters = findQuarters(dataDir, 'postgres', report)
  const kept = { quarters, cluster: await ensureCluster(quarters), settings: {} }
  const presence = await attend(kept)
  const { port } = presence
  await ensureDatabase(localUrl(kept.cluster.password, port, 'postgres'))
  return {
    port,
    url: localUrl(kept.cluster.password, port, DATABASE),
    close: keepRunning(kept, presence, report),
  }
}

function keepRunning(
  kept: KeptCluster,
  first: Presence,
  report: (line: string) => void,
): () => Promise<void> {
  const closing = new AbortController()
  let presence = first
  const keeping = (async () => {
    for (;;) {
      await presence.gone
      if (closing.signal.aborted) return
      report('PostgreSQL has gone away; starting it again …')
      presence = await attendAgain(kept, first.port, closing.signal, report)
      if (closing.signal.aborted) return presence.leave()
    }
  })()
  return async () => {
    closing.abort()
    await presence.leave()
    await keeping
  }
}

/** On the same port, which open pools know, for as long as it takes. */
async function attendAgain(
  kept: KeptCluster,
  port: number,
  closing: AbortSignal,
  report: (line: string) => void,
): Promise<Presence> {
  for (;;) {
    try {
      const presence = await attend(kept, port)
      report('PostgreSQL is back.')
      return presence
    } catch (error) {
      if (closing.aborted) return { port, gone: Promise.resolve(), leave: async () => undefined }
      report(`${errorMessage(error)} Trying again …`)
      await wait(RETRY_MS)
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  await connected(url, async (client) => {
    // Held until the connection closes: of two processes that start at once, one makes it.
    await client.query('select pg_advisory_lock(7402915362)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      DATABASE,
    ])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  })
}
