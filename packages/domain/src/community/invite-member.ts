import { type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { type Invitation } from './community.ts'
import { accountOfTurn, lockedAccount, note, noteError, type Turn } from './community-account.ts'
import { communityOf } from './community-of.ts'
import { type CommunityParts } from './community-parts.ts'
import { getCommunitySettings } from './community-settings.ts'
import { failing } from './failing.ts'
import { type Means } from './means.ts'
import { mailCommunityInvite } from './send-community-mails.ts'
import { tell } from './tell-staff.ts'
import { arrived } from './welcome-member.ts'

export const inviteMember = defineJob({
  name: 'invite_member',
  args: z.object({ accountId: z.number().int(), round: z.number().int() }),
  perform: (parts: CommunityParts, turn) => invite(parts, turn),
})

/** Lets somebody be invited soon, once however often it is asked. */
export async function askToInvite(repo: Repo, { accountId, round }: Turn): Promise<void> {
  const key = `community:invite:${accountId}`
  await enqueue(repo, inviteMember, { accountId, round }, { key })
}

// The call is made outside any transaction, and may be made twice: asked again, a community says that they are invited.
// What must happen once, our own mail, is enqueued with the note that they are.
async function invite(parts: CommunityParts, turn: Turn): Promise<void> {
  const { repo, clock } = parts
  const account = await accountOfTurn(repo, turn)
  if (!account || account.state !== 'waiting' || account.leavingAt !== null) return
  const settings = await getCommunitySettings(repo)
  const { name, email } = account.person
  const invitation: Invitation =
    email === null
      ? { kind: 'not yet', reason: 'Nobody knows an address of theirs.' }
      : await failing(parts, turn, account.person, () =>
          communityOf(parts, settings).invite({
            name,
            email,
            userId: account.userId,
            isOurs: account.means === 'scim',
          }),
        )
  await repo.transaction(async () => {
    const locked = await lockedAccount(repo, turn)
    if (locked?.state !== 'waiting') return
    if (invitation.kind === 'not yet') {
      await noteError(repo, locked, { at: clock(), words: invitation.reason })
      const words = `${name} waits for an invitation. ${invitation.reason}`
      return tell(repo, `waits:${turn.accountId}:${turn.round}`, words)
    }
    await noteInvitation(repo, turn, { invitation, means: settings.means, at: clock() })
  })
}

async function noteInvitation(
  repo: Repo,
  turn: Turn,
  {
    invitation,
    means,
    at,
  }: {
    readonly invitation: Exclude<Invitation, { readonly kind: 'not yet' }>
    readonly means: Means
    readonly at: Date
  },
): Promise<void> {
  const account = await lockedAccount(repo, turn)
  if (!account) return
  if (invitation.kind === 'there') {
    const { userId, isOurs, words } = invitation
    await arrived(repo, account, { userId, at, words, ...(isOurs && { means }) })
    return
  }
  const words =
    invitation.kind === 'mail' ? 'The invite link was put in the mail.' : invitation.words
  await note(repo, account, { state: 'invited', means, invitedAt: at, at, words })
  if (invitation.kind === 'mail') await enqueue(repo, mailCommunityInvite, turn)
}
