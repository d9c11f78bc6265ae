import { from, type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { RateLimit } from './rate-limit.ts'

/** An allowance that is whole again needs no row. */
export const forgetFreeLimits = defineJob({
  name: 'forget_free_limits',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    await repo.deleteAll(from(RateLimit).where('freeAt', '<=', clock()))
  },
})
