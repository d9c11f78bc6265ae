import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createRepo } from '@showrunner/data'
import { defineCommand } from '../command.ts'
import { runRepl } from '../console/repl.ts'
import { runScript } from '../console/run-script.ts'
import { CONTEXTS, schemasOf, TOOLS } from '../console/scope.ts'
import { show } from '../console/show.ts'
import { print, tell } from '../output.ts'
import { beforeEnd } from '../processes/lifetime.ts'
import { openDatabase } from '../postgres/index.ts'

export const command = defineCommand({
  usage: '',
  about:
    'A prompt with the repo, every schema and every context at hand, where `await` works. What is piped in is run ' +
    'as one program instead; of a single expression the value is printed.',
  options: {},
  words: [0, 0],
  examples: [
    ['showrunner console', 'then: await repo.count(Episode)'],
    ["echo 'await repo.all(Podcast)' | showrunner console", 'one look, from a script'],
  ],
  async run({ env }) {
    const database = await openDatabase(env, tell)
    const repo = createRepo({ url: database.url }).unscoped()
    const close = async () => {
      await repo.close()
      await database.close()
    }
    const forget = beforeEnd(close)
    const scope = { repo, ...schemasOf(CONTEXTS), ...CONTEXTS, ...TOOLS }
    if (process.stdin.isTTY && process.stdout.isTTY) {
      tell(`${database.description}. Type .help for how to read and change rows.`)
      await runRepl(scope, join(env.DATA_DIR, 'console-history'))
    } else {
      const result = await runScript(await text(process.stdin), scope)
      if (result !== undefined) print(show(result, false))
    }
    forget()
    await close()
    return 0
  },
})
