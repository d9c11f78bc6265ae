import { inspect } from 'node:util'
import { columns } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import { currentEnv } from './env.ts'
import { CommandError, UsageError } from './errors.ts'
import { didYouMean } from './nearest.ts'
import { print, tell } from './output.ts'
import { endWhenAsked, stopAll } from './processes/lifetime.ts'

endWhenAsked()
try {
  const code = await main(process.argv.slice(2))
  if (code !== undefined) process.exitCode = code
} catch (error) {
  tell(error instanceof CommandError ? error.message : inspect(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
  await stopAll()
}

async function main([name, ...args]: readonly string[]): Promise<number | undefined> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    print(overview())
    return 0
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!entry) {
    const hint = didYouMean(name, Object.keys(COMMANDS))
    throw new UsageError(`Unknown command "${name}".${hint}\n\n${overview()}`)
  }
  const { command } = await entry.load()
  if (args.includes('--help') || args.includes('-h')) {
    print(command.help(name))
    return 0
  }
  return command.run(name, args, currentEnv())
}

function overview(): string {
  return [
    'Usage: showrunner <command> [options]',
    '',
    'Commands:',
    columns(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary])),
    '',
    'Each has more to say: showrunner <command> --help',
  ].join('\n')
}
