import { createRepo } from '@showrunner/data'
import { type Message } from '@showrunner/mail'
import { startJobs } from '@showrunner/jobs'
import { JOBS } from '../../jobs/index.ts'
import { partsOfJobs } from '../../testing/index.ts'

/** What such a program is told when it starts. */
export interface Told {
  readonly databaseUrl: string
  /** Where Slack is. */
  readonly api: string
  readonly token: string
}

const waiting = new Map<string, () => void>()

process.once('message', (told: Told) => void work(told))
process.on('message', ({ sent }: { readonly sent?: string }) => {
  if (sent !== undefined) waiting.get(sent)?.()
})
process.once('disconnect', () => process.exit())

/** Does the jobs in a process of its own, so that a test can kill it. Mails go to the test, which says when they are gone. */
async function work({ databaseUrl, api, token }: Told): Promise<void> {
  const repo = createRepo({ url: databaseUrl }).unscoped()
  const send = async (message: Message): Promise<void> => {
    const gone = Promise.withResolvers<void>()
    const name = `${message.id ?? ''} ${message.subject}`
    waiting.set(name, gone.resolve)
    process.send?.({ name, message })
    await gone.promise
  }
  const parts = {
    ...partsOfJobs(repo, { asOf: new Date(), sent: [] }),
    clock: () => new Date(),
    mailer: { send },
    slack: { token, api, patienceMs: 30_000 },
  }
  await startJobs({ databaseUrl, jobs: JOBS, parts })
}
