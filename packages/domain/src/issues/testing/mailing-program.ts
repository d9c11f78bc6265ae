import { createRepo } from '@showrunner/data'
import { startJobs } from '@showrunner/jobs'
import { smtpMailer } from '@showrunner/mail'
import { JOBS } from '../../jobs/index.ts'
import { partsOfJobs } from '../../testing/index.ts'

/** What such a program is told when it starts. */
export interface Told {
  readonly databaseUrl: string
  readonly smtpUrl: string
}

process.once('message', (told: Told) => void work(told))
process.once('disconnect', () => process.exit())

/** Does the jobs in a process of its own, so that a test can kill it, and mails by a mail server. */
async function work({ databaseUrl, smtpUrl }: Told): Promise<void> {
  const repo = createRepo({ url: databaseUrl }).unscoped()
  const parts = {
    ...partsOfJobs(repo, { asOf: new Date(), sent: [] }),
    clock: () => new Date(),
    mailer: smtpMailer({ url: smtpUrl, from: 'mail@radio.example' }),
  }
  await startJobs({ databaseUrl, jobs: JOBS, parts })
}
