import { join } from 'node:path'
import { buildAssets } from '@showrunner/web'
import { defineCommand } from '../command.ts'
import { type Env } from '../env.ts'
import { print } from '../output.ts'
import { beforeEnd } from '../processes/lifetime.ts'
import { fillWhenEmpty, openMigrated } from '../site/prepare.ts'
import { serveSite, type Site } from '../site/serve.ts'
import { signInLink } from '../site/sign-in-link.ts'
import { type Steps, stepsOn } from '../site/steps.ts'

export const command = defineCommand({
  usage: '[--no-worker]',
  about:
    'Starts the site and all it needs: PostgreSQL (embedded unless DATABASE_URL is set), migrations, the demo network ' +
    'when there is no podcast yet, browser assets, the jobs. Prints its address and a link to sign in with.',
  options: {
    'no-worker': { type: 'boolean', about: 'leave the jobs to a `showrunner worker` elsewhere' },
  },
  words: [0, 0],
  examples: [
    ['npm start', 'http://localhost:4000, or the next free port'],
    ['PORT=8080 HOST=0.0.0.0 npm start', 'reachable from other machines'],
    ['DATABASE_URL=postgres://… npm start', 'on a PostgreSQL of yours'],
    ['DATA_DIR=/srv/podcasts npm start', 'everything kept is kept there'],
  ],
  async run({ env, values }) {
    const steps = stepsOn((text) => process.stdout.write(text))
    const site = await start(env, steps, !values['no-worker'])
    await announce(env, site)
    return undefined
  },
})

async function start(env: Env, steps: Steps, worker: boolean): Promise<Site> {
  const database = await openMigrated(env, steps)
  beforeEnd(database.close)
  await fillWhenEmpty(env, database.url, steps)
  const assets = await steps.step('Preparing the assets', () =>
    buildAssets({ outDir: join(env.DATA_DIR, 'assets') }),
  )
  const options = { env, databaseUrl: database.url, assets, worker, development: false }
  const site = await steps.step('Opening the site', () => serveSite(options))
  beforeEnd(site.stop)
  return site
}

async function announce(env: Env, { repo, port, publicUrl }: Site): Promise<void> {
  const link = await signInLink(repo, env, publicUrl)
  if (port !== env.PORT) print(`Port ${env.PORT} is taken; this is ${port}.`)
  print(`\nThe site:  ${publicUrl}`)
  if (link) print(`Sign in:   ${link}   (works once, for half an hour)`)
  print(`\nStarted in ${(performance.now() / 1000).toFixed(1)} s. Ctrl-C ends it.`)
}
