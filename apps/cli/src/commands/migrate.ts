import { migrate, status } from '@showrunner/data/migrator'
import { migrateJobs } from '@showrunner/jobs'
import { columns, defineCommand } from '../command.ts'
import { print, tell } from '../output.ts'
import { openDatabase } from '../postgres/index.ts'
import { MIGRATIONS } from '../root.ts'
import { explainingMigrations } from '../site/migrated.ts'

export const command = defineCommand({
  usage: '[--status]',
  about: 'Runs the migrations the database has not seen yet, oldest first.',
  options: { status: { type: 'boolean', about: 'list them, and change nothing' } },
  words: [0, 0],
  examples: [
    ['showrunner migrate', 'bring the embedded database up to date'],
    ['showrunner migrate --status', 'see what has run and what has not'],
    ['DATABASE_URL=postgres://… showrunner migrate', 'a database of yours'],
  ],
  async run({ env, values }) {
    const database = await openDatabase(env, tell)
    try {
      const work = values.status ? showStatus : runMigrations
      await explainingMigrations(() => work(database.url))
      return 0
    } finally {
      await database.close()
    }
  },
})

async function runMigrations(url: string): Promise<void> {
  const steps = await migrate({
    url,
    directory: MIGRATIONS,
    onStep: ({ name, milliseconds }) => print(`up ${name} (${Math.round(milliseconds)} ms)`),
  })
  await migrateJobs(url)
  if (steps.length === 0) print('Nothing to do: every migration has run.')
}

async function showStatus(url: string): Promise<void> {
  const migrations = await status({ url, directory: MIGRATIONS })
  print(
    columns(migrations.map(({ name, appliedAt }) => [name, appliedAt?.toISOString() ?? 'not yet'])),
  )
}
