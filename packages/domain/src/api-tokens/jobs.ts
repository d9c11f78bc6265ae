import { type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { forgetCreations } from './api-creation.ts'

export const forgetApiCreations = defineJob({
  name: 'forget_api_creations',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    await forgetCreations(repo, clock())
  },
})
