import { join } from 'node:path'
import { benchChannels, CHANNEL_PARTS, type ChannelPart } from '../bench/channels/index.ts'
import { benchData, PARTS, type Part } from '../bench/data/index.ts'
import { benchPages } from '../bench/pages.ts'
import { benchSearch } from '../bench/search/index.ts'
import { defineCommand } from '../command.ts'
import { type Env } from '../env.ts'
import { UsageError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'
import { print, tell } from '../output.ts'
import { withTestRun } from '../testing/test-run.ts'

const BENCHES = ['pages', 'data', 'channels', 'search']

export const command = defineCommand({
  usage:
    'pages | data [part …] | channels [--only <part>] | search [--seconds <n>] [--rounds <n>] [--connections <n>]',
  about:
    'Measures beside yardsticks, on 2,000 episodes in a database of its own. `pages`: what the site answers in a second, ' +
    'beside a bare Fastify route with the same bytes, and the same page written by hand. `data`: the data layer, beside ' +
    `Kysely by hand and pg alone; its parts are ${PARTS.join(', ')}. \`channels\`, without a database: clients of our ` +
    'channels, beside a bare ws server and Socket.IO that do the same. `search`: the public search of an archive of 2,000 ' +
    'transcripts, 120 MB of text, beside queries by hand.',
  options: {
    seconds: {
      type: 'string',
      value: '<n>',
      about: 'how long each is asked in a round (2; data: 0.5)',
    },
    rounds: {
      type: 'string',
      value: '<n>',
      about: 'how often all are asked in turn (pages: 12; data: 9; else 5)',
    },
    connections: {
      type: 'string',
      value: '<n>',
      about:
        'pages: how many ask at once (16); channels: how many are idle (10,000), of which half hear broadcasts, ' +
        'a tenth see each other, and a hundredth echo',
    },
    only: {
      type: 'string',
      value: '<part>',
      about: `channels: ${CHANNEL_PARTS.join(', ')}`,
    },
  },
  words: [1, 1 + PARTS.length],
  examples: [
    ['showrunner bench pages', 'about twelve minutes'],
    ['showrunner bench pages --seconds 1 --rounds 1', 'a first look'],
    ['showrunner bench data', 'about five minutes'],
    ['showrunner bench data get page', 'these parts of it'],
    ['showrunner bench channels', 'about five minutes'],
    ['showrunner bench search', 'about ten minutes'],
    ['showrunner bench channels --only memory --connections 2000', 'one part, on a small machine'],
  ],
  async run({ env, values, positionals: [which = '', ...parts] }) {
    if (which === 'data') return data(env, values, parts)
    if (which === 'pages' && parts.length === 0) return pages(env, values)
    if (which === 'search' && parts.length === 0) return searching(env, values)
    if (which === 'channels' && parts.length === 0) return channels(values)
    const hint = didYouMean(which, BENCHES)
    throw new UsageError(
      parts.length > 0 && BENCHES.includes(which)
        ? `\`bench ${which}\` is told no parts so, got: ${parts.join(' ')}.`
        : `There is no bench "${which}".${hint} There are: ${BENCHES.join(', ')}.`,
    )
  },
})

interface Amounts {
  readonly seconds?: string | undefined
  readonly rounds?: string | undefined
  readonly connections?: string | undefined
  readonly only?: string | undefined
}

async function pages(env: Env, values: Amounts): Promise<number> {
  const load = {
    seconds: whole('seconds', values.seconds, 2),
    rounds: whole('rounds', values.rounds, 12),
    connections: whole('connections', values.connections, 16),
  }
  await withTestRun(env, async ({ databaseUrl, folder }) => {
    print(await benchPages({ ...load, databaseUrl, assetsDir: join(folder, 'assets'), say: tell }))
  })
  return 0
}

async function data(env: Env, values: Amounts, given: readonly string[]): Promise<number> {
  const parts = given.map(partNamed)
  const load = {
    seconds: amount('seconds', values.seconds, 0.5),
    rounds: whole('rounds', values.rounds, 9),
  }
  await withTestRun(env, async ({ databaseUrl }) => {
    const wanted = parts.length > 0 ? parts : PARTS
    await benchData(wanted, { ...load, databaseUrl, say: tell }, print)
  })
  return 0
}

async function searching(env: Env, values: Amounts): Promise<number> {
  const rounds = whole('rounds', values.rounds, 5)
  const load = { rounds, transcripts: 2000, asked: 40 }
  await withTestRun(env, async ({ databaseUrl }) => {
    print(await benchSearch({ ...load, databaseUrl, say: tell }))
  })
  return 0
}

async function channels(values: Amounts): Promise<number> {
  const parts = values.only === undefined ? CHANNEL_PARTS : [channelPartNamed(values.only)]
  const load = {
    seconds: amount('seconds', values.seconds, 2),
    rounds: whole('rounds', values.rounds, 5),
    connections: whole('connections', values.connections, 10_000),
  }
  await benchChannels(parts, { ...load, say: tell }, print)
  return 0
}

function channelPartNamed(name: string): ChannelPart {
  const part = CHANNEL_PARTS.find((one) => one === name)
  if (part) return part
  const hint = didYouMean(name, CHANNEL_PARTS)
  throw new UsageError(
    `\`bench channels\` has no part "${name}".${hint} There are: ${CHANNEL_PARTS.join(', ')}.`,
  )
}

function partNamed(name: string): Part {
  const part = PARTS.find((one) => one === name)
  if (part) return part
  const hint = didYouMean(name, PARTS)
  throw new UsageError(
    `\`bench data\` has no part "${name}".${hint} There are: ${PARTS.join(', ')}.`,
  )
}

function whole(name: string, given: string | undefined, fallback: number): number {
  const value = amount(name, given, fallback)
  if (Number.isInteger(value)) return value
  throw new UsageError(`--${name} is "${given}"; expected a whole number above 0.`)
}

function amount(name: string, given: string | undefined, fallback: number): number {
  const value = Number(given ?? fallback)
  if (value > 0 && Number.isFinite(value)) return value
  throw new UsageError(`--${name} is "${given}"; expected a number above 0.`)
}
