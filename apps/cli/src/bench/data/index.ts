import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { Pool } from 'pg'
import { seedNetwork } from '../seed.ts'
import { type Bench } from './bench.ts'
import { benchLevels } from './levels.ts'
import { benchOperations } from './operations.ts'
import { WORKS } from './subject.ts'
import { benchTests } from './tests.ts'
import { benchWaiting } from './waiting.ts'

/** What can be measured by itself. The tests come first: the network of the others is in their way. */
export const PARTS = ['tests', ...WORKS, 'waiting', 'levels'] as const
export type Part = (typeof PARTS)[number]

/** Measures these parts in one run, and shows each table when it is there. */
export async function benchData(
  parts: readonly Part[],
  bench: Bench,
  show: (table: string) => void,
): Promise<void> {
  if (parts.includes('tests')) show(await benchTests(bench))
  bench.say('Loading 2,000 episodes')
  await reload(bench.databaseUrl)
  const works = WORKS.filter((work) => parts.includes(work))
  if (works.length > 0) show(await benchOperations(works, bench))
  if (parts.includes('waiting')) show(await benchWaiting(bench))
  if (parts.includes('levels')) show(await benchLevels(bench))
  show(machine())
}

async function reload(databaseUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl })
  await pool.query('truncate podcasts, people, topics, sponsors restart identity cascade')
  await seedNetwork(pool)
  await pool.end()
}

function machine(): string {
  const { dependencies } = createRequire(import.meta.url)('../../../package.json') as {
    dependencies: Readonly<Record<'kysely' | 'pg', string>>
  }
  return `Node ${process.versions.node}, Kysely ${dependencies.kysely}, pg ${dependencies.pg}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; each way in a process of its own, PostgreSQL beside them without fsync; medians of the rounds, ratios round by round with their spread.\n`
}
