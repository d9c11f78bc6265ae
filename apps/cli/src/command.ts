import { parseArgs } from 'node:util'
import { type Env } from './env.ts'
import { UsageError } from './errors.ts'
import { didYouMean } from './nearest.ts'

export interface Option {
  readonly type: 'boolean' | 'string'
  readonly short?: string
  /** What `--help` says about it. */
  readonly about: string
  /** What stands for the value in `--help`: `<directory>`. */
  readonly value?: string
}

export type Options = Readonly<Record<string, Option>>

export type Values<O extends Options> = {
  readonly [name in keyof O]?: (O[name]['type'] extends 'boolean' ? boolean : string) | undefined
}

export interface Input<O extends Options> {
  readonly env: Env
  readonly values: Values<O>
  readonly positionals: readonly string[]
}

export interface Definition<O extends Options> {
  /** What follows the command's name: `[--status]`. */
  readonly usage: string
  /** One paragraph on what it does. */
  readonly about: string
  readonly options: O
  /** The fewest and the most words it takes besides options. */
  readonly words: readonly [number, number]
  /** Whole command lines, each with what it is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[]
  /** Resolves to the exit code; undefined when the program now goes on until somebody ends it. */
  run(input: Input<O>): Promise<number | undefined>
}

export interface Command {
  help(name: string): string
  /** @throws UsageError for an unknown option or a word too many or too few. */
  run(name: string, args: readonly string[], env: Env): Promise<number | undefined>
}

export function defineCommand<const O extends Options>(definition: Definition<O>): Command {
  return {
    help: (name) => help(name, definition),
    run: async (name, args, env) => definition.run({ env, ...parse(name, args, definition) }),
  }
}

function parse<O extends Options>(
  name: string,
  args: readonly string[],
  { options, words: [fewest, most] }: Definition<O>,
): Pick<Input<O>, 'values' | 'positionals'> {
  refuseUnknown(name, args, options)
  const { values, positionals } = strictly(name, () =>
    parseArgs({ args: [...args], options, allowPositionals: true }),
  )
  if (positionals.length < fewest) throw new UsageError(`Something is missing. ${see(name)}`)
  if (positionals.length > most) {
    throw new UsageError(`Unexpected "${positionals[most]}" for ${name}. ${see(name)}`)
  }
  return { values, positionals }
}

function refuseUnknown(name: string, args: readonly string[], options: Options): void {
  const known = Object.keys(options)
  const shorts = Object.values(options).map(({ short }) => short)
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind !== 'option' || known.includes(token.name)) continue
    if (shorts.includes(token.name)) continue
    const hint = didYouMean(token.name, known, '--')
    throw new UsageError(`Unknown option "${token.rawName}" for ${name}.${hint} ${see(name)}`)
  }
}

function strictly<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(`${error.message.split('\n')[0]}. ${see(name)}`)
  }
}

function see(name: string): string {
  return `See: showrunner ${name} --help`
}

function help<O extends Options>(name: string, definition: Definition<O>): string {
  const usage = `showrunner ${name} ${definition.usage}`.trim()
  const options = Object.entries<Option>(definition.options).map(
    ([long, { short, value, about }]) =>
      [`${short ? `-${short}, ` : ''}--${long}${value ? ` ${value}` : ''}`, about] as const,
  )
  return [
    `Usage: ${usage}`,
    '',
    wrap(definition.about),
    ...section('Options', [...options, ['--help', 'show this'] as const]),
    ...section('Examples', definition.examples),
  ].join('\n')
}

function wrap(text: string): string {
  return text.replace(/(?=.{81})(.{1,80})\s/g, '$1\n')
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  return ['', `${title}:`, columns(rows)]
}

/** Two columns, the second aligned. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n')
}
