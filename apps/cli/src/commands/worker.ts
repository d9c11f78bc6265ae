import { createRepo } from '@showrunner/data'
import { startWorker } from '@showrunner/worker'
import { defineCommand } from '../command.ts'
import { CommandError } from '../errors.ts'
import { print, tell } from '../output.ts'
import { beforeEnd } from '../processes/lifetime.ts'
import { jobParts } from '../site/job-parts.ts'
import { openMigrated } from '../site/prepare.ts'
import { publicUrlOf } from '../site/serve.ts'
import { stepsOn } from '../site/steps.ts'

export const command = defineCommand({
  usage: '',
  about:
    'Runs the jobs and the schedule, without the site. `showrunner start` does so too unless told --no-worker; any ' +
    'number of both may run.',
  options: {},
  words: [0, 0],
  examples: [['DATABASE_URL=postgres://… showrunner worker', 'beside web nodes on other machines']],
  async run({ env }) {
    const database = await openMigrated(
      env,
      stepsOn((text) => process.stdout.write(text)),
    )
    beforeEnd(database.close)
    const repo = createRepo({ url: database.url }).unscoped()
    const parts = jobParts(env, repo, publicUrlOf(env, env.PORT))
    beforeEnd(() => repo.close())
    const worker = await startWorker({
      ...parts,
      databaseUrl: database.url,
      log: (level, message) => {
        if (level === 'error' || level === 'warning') tell(message)
      },
    })
    beforeEnd(() => worker.stop())
    print('Waiting for jobs. Ctrl-C ends it.')
    let isAsked = false
    beforeEnd(() => {
      isAsked = true
    })
    await worker.ended
    if (!isAsked) throw new CommandError('The worker gave up; what it said last is above.')
    return undefined
  },
})
