import { join } from 'node:path'
import { defineCommand } from '../command.ts'
import { setForChildren, type Env } from '../env.ts'
import { print, tell } from '../output.ts'
import { endsWith } from '../processes/lifetime.ts'
import { findBrowser } from '../testing/browser.ts'
import { runChecks } from '../testing/checks.ts'
import { runFiles } from '../testing/run-files.ts'
import { add, closingLine, NOTHING, type Tally } from '../testing/tally.ts'
import { findTestFiles } from '../testing/test-files.ts'
import { withTestRun } from '../testing/test-run.ts'

const INTERRUPTED = 130

export const command = defineCommand({
  usage: '[file, folder, glob or part of a path …]',
  about:
    'Checks types, lint and format, then runs every test: unit, database and browser. It brings a PostgreSQL and a ' +
    'browser of its own. Told which files, it runs only those and no checks.',
  options: {},
  words: [0, Infinity],
  examples: [
    ['showrunner test', 'everything'],
    ['showrunner test packages/feeds', 'one package'],
    ['showrunner test changeset.test.ts', 'whatever has this in its path'],
    ['DATABASE_URL=postgres://… showrunner test', 'in databases of its own on a server of yours'],
  ],
  async run({ env, positionals }) {
    const files = findTestFiles(positionals)
    endsWith(INTERRUPTED)
    const checked = positionals.length === 0 ? await runChecks() : NOTHING
    const tally = add(checked, await runTests(env, files))
    print()
    print(closingLine(tally))
    return tally.failed > 0 ? 1 : 0
  },
})

async function runTests(env: Env, files: readonly string[]): Promise<Tally> {
  return withTestRun(env, async ({ databaseUrl, folder, signal }) => {
    const browser = findBrowser(env, tell)
    if ('reason' in browser) tell(`Browser tests are skipped: ${browser.reason}.`)
    setForChildren({
      NODE_ENV: 'test',
      // Each file is a process of its own, and most load the whole program.
      NODE_COMPILE_CACHE: join(env.DATA_DIR, 'compile-cache'),
      TEST_DATABASE_URL: databaseUrl,
      CHROME_PATH: 'path' in browser ? browser.path : undefined,
      // A test that starts the program must meet neither your database nor your data.
      DATABASE_URL: undefined,
      DATA_DIR: join(folder, 'data'),
    })
    return runFiles(files, signal)
  })
}
