import { rollback } from '@showrunner/data/migrator'
import { defineCommand } from '../command.ts'
import { print, tell } from '../output.ts'
import { openDatabase } from '../postgres/index.ts'
import { MIGRATIONS } from '../root.ts'
import { explainingMigrations } from '../site/migrated.ts'

export const command = defineCommand({
  usage: '',
  about: 'Undoes the migration that ran last. What it created is gone, with what was stored there.',
  options: {},
  words: [0, 0],
  examples: [['showrunner rollback', 'undo one migration']],
  async run({ env }) {
    const database = await openDatabase(env, tell)
    try {
      const step = await explainingMigrations(() =>
        rollback({ url: database.url, directory: MIGRATIONS }),
      )
      print(step ? `down ${step.name} (${Math.round(step.milliseconds)} ms)` : 'Nothing to undo.')
      return 0
    } finally {
      await database.close()
    }
  },
})
