import { from, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { CommunityAccount, note } from './community-account.ts'
import { askToInvite } from './invite-member.ts'
import { mailMemberWelcome } from './send-community-mails.ts'

export type InvitedAgain =
  | { readonly ok: true }
  /** Why not, in words. */
  | { readonly ok: false; readonly words: string }

/** Why somebody cannot be invited once more; null when they can. */
export function whyNotAgain(account: CommunityAccount | undefined): string | null {
  if (!account) return 'They never became a member.'
  if (account.leavingAt !== null || account.state === 'removed')
    return 'Their membership has ended.'
  return account.state === 'joined' ? 'They are there already.' : null
}

/**
 * Lets somebody be invited once more who is not there yet: their mail was lost, or what failed was seen to. It begins a
 * round of its own, so that what was still to be done for the last one is not done twice.
 */
export async function inviteAgain(
  repo: Repo,
  personId: number,
  { by, asOf }: { readonly by: string; readonly asOf: Date },
): Promise<InvitedAgain> {
  return repo.transaction(async () => {
    const theirs = from(CommunityAccount).where({ personId })
    const account = await repo.one(theirs.lock('for update'))
    const words = whyNotAgain(account)
    if (!account || words !== null) return { ok: false, words: words ?? '' }
    const turn = { accountId: account.id, round: account.round + 1 }
    await note(repo, account, {
      state: 'waiting',
      round: turn.round,
      invitedAt: null,
      inviteMailedAt: null,
      at: asOf,
      words: `${by} lets them be invited again.`,
    })
    await askToInvite(repo, turn)
    if (account.welcomeMailedAt === null) await enqueue(repo, mailMemberWelcome, turn)
    return { ok: true }
  })
}
