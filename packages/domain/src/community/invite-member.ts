import { type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { type Invitation } from './community.ts'
import { accountOfTurn, lockedAccount, note, type Turn } from './community-account.ts'
import { communityOf } from './community-of.ts'
import { type CommunityParts } from './community-parts.ts'
import { getCommunitySettings } from './community-settings.ts'
import { failing } from './failing.ts'
import { linkStanding, whyNotMailed } from './invite-link.ts'
import { type Means } from './means.ts'
import { noteWaiting } from './note-waiting.ts'
import { mailCommunityInvite } from './send-community-mails.ts'
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
  const answer: Invitation =
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
    const invitation = await asFarAsTheLinkGoes(repo, answer, clock())
    if (invitation.kind === 'not yet') {
      return noteWaiting(repo, locked, { name, reason: invitation.reason, at: clock() })
    }
    await noteInvitation(repo, turn, { invitation, means: settings.means, at: clock() })
  })
}

/** A link that lets nobody in any more is not mailed. */
async function asFarAsTheLinkGoes(
  repo: Repo,
  invitation: Invitation,
  asOf: Date,
): Promise<Invitation> {
  if (invitation.kind !== 'mail') return invitation
  const reason = whyNotMailed(await linkStanding(repo, await getCommunitySettings(repo), asOf))
  return reason === null ? invitation : { kind: 'not yet', reason }
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
  // An account that was there before is not ours to end.
  const by = means === 'scim' ? null : means
  await note(repo, account, { state: 'invited', means: by, invitedAt: at, at, words })
  if (invitation.kind === 'mail') await enqueue(repo, mailCommunityInvite, turn)
}
