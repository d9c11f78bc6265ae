import { join } from 'node:path'
import { benchPages } from '../bench/pages.ts'
import { defineCommand } from '../command.ts'
import { UsageError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'
import { print, tell } from '../output.ts'
import { withTestRun } from '../testing/test-run.ts'

const BENCHES = ['pages']

export const command = defineCommand({
  usage: 'pages [--seconds <n>] [--rounds <n>] [--connections <n>]',
  about:
    'Measures what the site answers in a second, on 2,000 episodes in a database of its own, beside yardsticks: a bare ' +
    'Fastify route with the same bytes, and the same page written by hand.',
  options: {
    seconds: { type: 'string', value: '<n>', about: 'how long each is asked in a round (5)' },
    rounds: { type: 'string', value: '<n>', about: 'how often all are asked in turn (5)' },
    connections: { type: 'string', value: '<n>', about: 'how many ask at once (16)' },
  },
  words: [1, 1],
  examples: [
    ['showrunner bench pages', 'about three minutes'],
    ['showrunner bench pages --seconds 1 --rounds 1', 'a first look'],
  ],
  async run({ env, values, positionals: [which = ''] }) {
    if (!BENCHES.includes(which)) {
      const hint = didYouMean(which, BENCHES)
      throw new UsageError(`There is no bench "${which}".${hint} There is: ${BENCHES.join(', ')}.`)
    }
    const load = {
      seconds: amount('seconds', values.seconds, 5),
      rounds: amount('rounds', values.rounds, 5),
      connections: amount('connections', values.connections, 16),
    }
    await withTestRun(env, async ({ databaseUrl, folder }) => {
      print(
        await benchPages({ ...load, databaseUrl, assetsDir: join(folder, 'assets'), say: tell }),
      )
    })
    return 0
  },
})

function amount(name: string, given: string | undefined, fallback: number): number {
  const value = Number(given ?? fallback)
  if (Number.isInteger(value) && value > 0) return value
  throw new UsageError(`--${name} is "${given}"; expected a whole number above 0.`)
}
