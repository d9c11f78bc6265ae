import { type Command } from '../command.ts'

interface Entry {
  readonly summary: string
  /** Loaded when asked for: listing the commands must not need a database library. */
  readonly load: () => Promise<{ readonly command: Command }>
}

export const COMMANDS: Readonly<Record<string, Entry>> = {
  migrate: {
    summary: 'bring the database to the newest migration',
    load: () => import('./migrate.ts'),
  },
  rollback: { summary: 'undo the last migration', load: () => import('./rollback.ts') },
  test: {
    summary: 'check types, lint and format, and run every test',
    load: () => import('./test.ts'),
  },
}
