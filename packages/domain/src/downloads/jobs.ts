import { type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { forgetListeners } from './listeners.ts'
import { rankEpisodes } from './rank-episodes.ts'

/** Who listened is nobody's business any more. */
export const forgetDownloadListeners = defineJob({
  name: 'forget_download_listeners',
  args: z.object({}),
  maxAttempts: 3,
  perform: ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) =>
    forgetListeners(repo, clock()),
})

/** What is popular, as the pages of podcasts say it. */
export const rankPopularEpisodes = defineJob({
  name: 'rank_popular_episodes',
  args: z.object({}),
  maxAttempts: 3,
  perform: ({ repo }: { readonly repo: Repo }) => rankEpisodes(repo),
})
