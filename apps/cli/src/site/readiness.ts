import { status } from '@showrunner/data/migrator'
import { type Storage } from '@showrunner/storage'
import { Pool } from 'pg'
import { errorCode, errorMessage } from '../errors.ts'
import { MIGRATIONS } from '../root.ts'
import { whyUnreachable } from './storage.ts'

const ANSWER_MS = 2_000
/** Whoever asks more often gets the same answer: the question costs a connection. */
const FRESH_MS = 500

/** Whether the site can answer: the database does, every migration has run, and the files are there. */
export interface Readiness {
  /** Why not, one sentence each; nothing when it can. */
  readonly reasons: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

export function watchReadiness(url: string, storage: Pick<Storage, 'open'>): Readiness {
  const pool = new Pool({
    connectionString: url,
    max: 1,
    application_name: 'showrunner readiness',
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  })
  // An idle connection may break at any time; the next question finds out.
  pool.on('error', () => undefined)
  let asked = -Infinity
  let answer: Promise<readonly string[]> = Promise.resolve([])
  return {
    reasons() {
      if (performance.now() - asked < FRESH_MS) return answer
      asked = performance.now()
      answer = Promise.all([reasonsOf(pool), reasonsOfStorage(storage)]).then((all) => all.flat())
      return answer
    },
    close: () => pool.end(),
  }
}

async function reasonsOf(pool: Pool): Promise<readonly string[]> {
  try {
    const migrations = await status({ pool, directory: MIGRATIONS })
    const pending = migrations.filter(({ appliedAt }) => !appliedAt).map(({ name }) => name)
    return pending.length === 0 ? [] : [`These migrations have not run: ${pending.join(', ')}.`]
  } catch (error) {
    return [`The database does not answer: ${errorMessage(error) || errorCode(error)}.`]
  }
}

async function reasonsOfStorage(storage: Pick<Storage, 'open'>): Promise<readonly string[]> {
  const reason = await whyUnreachable(storage, ANSWER_MS)
  return reason === undefined ? [] : [`The storage of files does not answer: ${reason}`]
}
