import { type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { removeExpired } from './remove-expired.ts'

export const removeExpiredSignIns = defineJob({
  name: 'remove_expired_sign_ins',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    await removeExpired(repo, clock())
  },
})
