import { type Command } from '../command.ts'

interface Entry {
  readonly summary: string
  /** Loaded when asked for: listing the commands must not need a database library. */
  readonly load: () => Promise<{ readonly command: Command }>
}

export const COMMANDS: Readonly<Record<string, Entry>> = {
  start: { summary: 'serve the site, with everything it needs', load: () => import('./start.ts') },
  dev: {
    summary: 'the same while you work on it, with live reload',
    load: () => import('./dev.ts'),
  },
  test: {
    summary: 'check types, lint and format, and run every test',
    load: () => import('./test.ts'),
  },
  import: {
    summary: 'read a podcast from its feed; attach transcripts and notes',
    load: () => import('./import.ts'),
  },
  console: {
    summary: 'look at rows and change them by hand',
    load: () => import('./console.ts'),
  },
  routes: { summary: 'list the addresses the site answers at', load: () => import('./routes.ts') },
  migrate: {
    summary: 'bring the database to the newest migration',
    load: () => import('./migrate.ts'),
  },
  rollback: { summary: 'undo the last migration', load: () => import('./rollback.ts') },
  bench: {
    summary: 'measure the pages, or the data layer, beside yardsticks',
    load: () => import('./bench.ts'),
  },
  worker: { summary: 'run the jobs without the site', load: () => import('./worker.ts') },
}
