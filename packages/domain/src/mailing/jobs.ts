import { from, type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { LoggedMail } from './logged-mail.ts'

const DAY_MS = 24 * 60 * 60_000

/** For how long it is known what was mailed. */
export const KEPT_DAYS = 180

export const forgetLoggedMails = defineJob({
  name: 'forget_logged_mails',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    const before = new Date(clock().getTime() - KEPT_DAYS * DAY_MS)
    await repo.deleteAll(from(LoggedMail).where('at', '<', before))
  },
})
