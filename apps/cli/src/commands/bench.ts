import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { migrate } from '@showrunner/data/migrator'
import { benchPages } from '../bench/pages.ts'
import { defineCommand } from '../command.ts'
import { UsageError } from '../errors.ts'
import { print, tell } from '../output.ts'
import { openThrowaway } from '../postgres/index.ts'
import { MIGRATIONS } from '../root.ts'

const BENCHES = { pages: benchPages }

export const command = defineCommand({
  usage: '<bench> [--rounds <n>] [--seconds <n>] [--connections <n>]',
  about:
    'Measures us and yardsticks in turn, on a PostgreSQL of its own, and prints the ratios with their spread. ' +
    `There is: ${Object.keys(BENCHES).join(', ')}.`,
  options: {
    rounds: { type: 'string', value: '<n>', about: 'how often each is measured (5)' },
    seconds: { type: 'string', value: '<n>', about: 'how long each is measured in a round (3)' },
    connections: { type: 'string', value: '<n>', about: 'connections that ask at once (20)' },
  },
  words: [1, 1],
  examples: [
    ['showrunner bench pages', 'pages and feed, about two minutes'],
    ['showrunner bench pages --rounds 9', 'a narrower spread'],
  ],
  async run({ env, values, positionals: [name = ''] }) {
    if (!isBench(name)) {
      throw new UsageError(
        `There is no bench "${name}". There is: ${Object.keys(BENCHES).join(', ')}.`,
      )
    }
    const options = {
      rounds: count('rounds', values.rounds, 5),
      seconds: count('seconds', values.seconds, 3),
      connections: count('connections', values.connections, 20),
      assetsDir: join(env.DATA_DIR, 'assets'),
      say: tell,
    }
    const database = await openThrowaway(env.DATA_DIR, `${process.pid}-${randomInt(1e6)}`, tell)
    try {
      await migrate({ url: database.url, directory: MIGRATIONS })
      print(await BENCHES[name]({ ...options, databaseUrl: database.url }))
      return 0
    } finally {
      await database.close()
    }
  },
})

function isBench(name: string): name is keyof typeof BENCHES {
  return Object.hasOwn(BENCHES, name)
}

function count(name: string, given: string | undefined, usual: number): number {
  if (given === undefined) return usual
  const number = Number(given)
  if (Number.isInteger(number) && number > 0 && number <= 1000) return number
  throw new UsageError(`--${name} is "${given}"; expected a whole number from 1 to 1000.`)
}
