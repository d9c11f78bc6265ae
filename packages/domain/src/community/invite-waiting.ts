import { from, type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { CommunityAccount } from './community-account.ts'
import { askToInvite } from './invite-member.ts'

/** Invites everybody who could not be invited before. */
export const inviteWaiting = defineJob({
  name: 'invite_waiting',
  args: z.object({}),
  perform: ({ repo }: { readonly repo: Repo }) => askForAll(repo),
})

async function askForAll(repo: Repo): Promise<void> {
  const waiting = from(CommunityAccount).where({ state: 'waiting' }).where('leavingAt', 'is', null)
  const accounts = await repo.all(waiting.select('id', 'round').orderBy({ id: 'asc' }))
  for (const { id, round } of accounts) await askToInvite(repo, { accountId: id, round })
}
