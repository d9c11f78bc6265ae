import { withoutPassword } from '../env.ts'
import { CommandError, errorCode, errorMessage } from '../errors.ts'
import { answers, connected } from './connection.ts'

const WAIT_MS = 30_000
const GLANCE_MS = 1_000
/** `merge … returning`, security-invoker views and `nulls not distinct` are all there from here on. */
const OLDEST = 15

/** Waits for a PostgreSQL somebody else runs: it may be starting at the same time as we are. */
export async function openExternal(url: string, report: (line: string) => void): Promise<void> {
  const shown = withoutPassword(url)
  let failure = await answers(url, GLANCE_MS)
  if (failure && isAbsent(failure)) {
    report(`Waiting for PostgreSQL at ${shown} …`)
    failure = await answers(url, WAIT_MS)
  }
  if (failure) throw new CommandError(`DATABASE_URL (${shown}) cannot be used: ${explain(failure)}`)
  await refuseOldServer(url, shown)
}

function isAbsent(failure: Error): boolean {
  return ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(errorCode(failure) ?? '')
}

function explain(failure: Error): string {
  const reason = errorMessage(failure) || errorCode(failure)
  if (errorCode(failure) === '3D000') return `${reason}. Create it: createdb, or "create database".`
  if (errorCode(failure) === 'ECONNREFUSED') return `nothing answers there (${reason}).`
  return `${reason}.`
}

async function refuseOldServer(url: string, shown: string): Promise<void> {
  const number = await connected(url, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    )
    return Number(rows[0]?.version)
  })
  const major = Math.floor(number / 10_000)
  if (major >= OLDEST) return
  throw new CommandError(
    `DATABASE_URL (${shown}) is PostgreSQL ${major}; needed is ${OLDEST} or newer.`,
  )
}
