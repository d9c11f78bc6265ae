import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'

const EVERY_MS = 4_000

/** The first half of the locks by which processes that do jobs know of each other; any number, the same in all of them. */
const PRESENCE = 727_100

type Log = (level: 'error' | 'warning' | 'info' | 'debug', message: string) => void

interface Worker {
  readonly databaseUrl: string
  /** By which its jobs say who does them. */
  readonly id: string
  readonly log: Log
  readonly everyMs?: number
}

/**
 * Jobs whose process died are free again within seconds; the library leaves them to it for four hours. A process that does
 * jobs holds a lock for as long as it is connected. Whose lock is missing twice is dead: once may be a lost connection.
 */
export function freeOrphans({ databaseUrl, id, log, everyMs = EVERY_MS }: Worker): {
  stop(): Promise<void>
} {
  const stopping = new AbortController()
  const over = keepLooking()

  async function keepLooking(): Promise<void> {
    while (!stopping.signal.aborted) {
      await whileConnected().catch((error: unknown) => log('debug', `Who lives: ${String(error)}`))
      await pause(everyMs, stopping.signal)
    }
  }

  async function whileConnected(): Promise<void> {
    const client = new Client({
      connectionString: databaseUrl,
      application_name: 'showrunner worker',
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select pg_advisory_lock($1, hashtext($2))', [PRESENCE, id])
      let missing: readonly string[] = []
      while (!stopping.signal.aborted) {
        const absent = await absentees(client)
        await free(
          client,
          absent.filter((one) => missing.includes(one)),
        )
        missing = absent
        await pause(everyMs, stopping.signal)
      }
    } finally {
      await client.end()
    }
  }

  async function free(client: Client, dead: readonly string[]): Promise<void> {
    if (dead.length === 0) return
    await client.query('select graphile_worker.force_unlock_workers($1)', [dead])
    log('warning', `A process died over its jobs: they are done again (${dead.join(', ')}).`)
  }

  return {
    stop: async () => {
      stopping.abort()
      await over
    },
  }
}

/** Who is doing jobs, as the jobs have it, and is not connected. */
async function absentees(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select distinct locked_by as id from (
       select locked_by from graphile_worker._private_jobs where locked_at is not null
       union all select locked_by from graphile_worker._private_job_queues where locked_at is not null
     ) as taken
     where locked_by is not null and not exists (
       select from pg_locks
       where locktype = 'advisory' and classid = $1::int::oid and objsubid = 2
         and objid = (hashtext(locked_by)::bigint & 4294967295)::oid
         and database = (select oid from pg_database where datname = current_database()))`,
    [PRESENCE],
  )
  return rows.map(({ id }) => id)
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined)
}
