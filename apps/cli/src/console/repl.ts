import { type REPLServer, start } from 'node:repl'
import { inspect } from 'node:util'
import { show } from './show.ts'

const HELP = `
  await repo.all(from(Podcast).orderBy({ title: 'asc' }))            read rows
  episode = await repo.getBy(Episode, { slug: 'hello' })             one row
  await repo.preload(episode, 'podcast', { episodeHosts: ['person'] })   and what belongs to it
  await repo.update(change(episode, { title: 'Hello again' }))       change it, as it is
  await episodes.updateEpisode(repo, episode, { title: '' })         change it by its rules: see the errors
  await repo.delete(episode)                                         remove it
  repo.forTenant(3)                                                  a repo that sees podcast 3 and nothing of others

  .scope lists what is there · .editor for several lines · .exit or Ctrl-D to leave
`

/** A prompt on the terminal, until somebody leaves it. */
export async function runRepl(
  scope: Readonly<Record<string, unknown>>,
  historyFile: string,
): Promise<void> {
  const repl = start({
    prompt: 'showrunner> ',
    // A date typed here is then the same kind of date as everywhere else.
    useGlobal: true,
    ignoreUndefined: true,
    writer: (value) => show(value, true),
  })
  Object.assign(repl.context, scope)
  Object.assign(repl, { eval: awaiting(repl) })
  describe(repl, 'help', 'How to read and change rows', () => HELP)
  describe(repl, 'scope', 'What is at hand', () => inspect(Object.keys(scope), { compact: 8 }))
  await keepHistory(repl, historyFile)
  await new Promise<void>((resolve) => repl.once('exit', resolve))
}

// A forgotten `await` would show a promise, which nobody wants to see.
function awaiting(repl: REPLServer): REPLServer['eval'] {
  const evaluateAsTyped = repl.eval.bind(repl)
  const finish = async (result: unknown, done: Done) => {
    try {
      done(null, await result)
    } catch (reason) {
      done(reason instanceof Error ? reason : new Error(String(reason)), undefined)
    }
  }
  return (code, context, file, done) => {
    evaluateAsTyped.call(repl, code, context, file, (error, result: unknown) => {
      if (error || !(result instanceof Promise)) done(error, result)
      else void finish(result, done)
    })
  }
}

type Done = Parameters<REPLServer['eval']>[3]

function describe(repl: REPLServer, name: string, help: string, text: () => string): void {
  repl.defineCommand(name, {
    help,
    action() {
      this.output.write(`${text()}\n`)
      this.displayPrompt()
    },
  })
}

async function keepHistory(repl: REPLServer, file: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    repl.setupHistory(file, (error) => (error ? reject(error) : resolve()))
  })
}
