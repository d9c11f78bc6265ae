import { join } from 'node:path'
import { defineCommand } from '../command.ts'
import { restarting } from '../dev/restarting.ts'
import { watchCode } from '../dev/watch-code.ts'
import { childEnv, type Env } from '../env.ts'
import { print, tell } from '../output.ts'
import { beforeEnd } from '../processes/lifetime.ts'
import { tethered } from '../processes/tethered.ts'
import { freePort } from '../site/free-port.ts'
import { publicUrlOf } from '../site/serve.ts'
import { fillWhenEmpty, openMigrated, printSignInLink } from '../site/prepare.ts'
import { stepsOn } from '../site/steps.ts'

const SERVER = join(import.meta.dirname, '../dev/serve.ts')
const RELOAD_PORT = 24_700

export const command = defineCommand({
  usage: '',
  about:
    'Serves the site while you work on it: views, styles and browser code reload in the page, and the server starts ' +
    'again when its code or a migration changes.',
  options: {},
  words: [0, 0],
  examples: [
    ['npm run dev', 'http://localhost:4000, or the next free port'],
    ['PORT=8080 npm run dev', 'somewhere else'],
  ],
  async run({ env }) {
    const steps = stepsOn((text) => process.stdout.write(text))
    const database = await openMigrated(env, steps)
    beforeEnd(database.close)
    await fillWhenEmpty(env, database.url, steps)
    const port = await freePort(env.HOST, env.PORT)
    if (port !== env.PORT) print(`Port ${env.PORT} is taken; this is ${port}.`)
    await printSignInLink(env, database.url, publicUrlOf(env, port))
    await keepServing(env, database.url, port)
    return undefined
  },
})

async function keepServing(env: Env, databaseUrl: string, port: number): Promise<void> {
  const reloadPort = await freePort('localhost', RELOAD_PORT)
  const variables = childEnv({
    DATABASE_URL: databaseUrl,
    DATA_DIR: env.DATA_DIR,
    PORT: String(port),
  })
  const flags = ['--disable-warning=ExperimentalWarning', '--enable-source-maps']
  const serve = () =>
    tethered('TERM', [process.execPath, ...flags, SERVER, String(reloadPort)], {
      env: variables,
      output: 'inherit',
    })
  const server = restarting(serve, () =>
    tell('The server has ended. It starts again at the next change.'),
  )
  const unwatch = watchCode((files) => {
    print(`Changed: ${files.join(', ')}`)
    void server.restart()
  })
  beforeEnd(() => {
    unwatch()
    return server.stop()
  })
}
