import { from } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { sendMail } from '../mailing/index.ts'
import { accountOfTurn, CommunityAccount, type Turn } from './community-account.ts'
import { type CommunityParts } from './community-parts.ts'
import { getCommunitySettings } from './community-settings.ts'
import { isLinkOver } from './invite-link.ts'
import { communityInviteMail, memberWelcomeMail } from './mails.ts'

const OfTurn = z.object({ accountId: z.number().int(), round: z.number().int() })

export const mailMemberWelcome = defineJob({
  name: 'mail_member_welcome',
  args: OfTurn,
  perform: (parts: CommunityParts, turn) => sendWelcome(parts, turn),
})

export const mailCommunityInvite = defineJob({
  name: 'mail_community_invite',
  args: OfTurn,
  perform: (parts: CommunityParts, turn) => sendInvite(parts, turn),
})

async function sendWelcome(parts: CommunityParts, turn: Turn): Promise<void> {
  const { repo, clock, signInPage } = parts
  const account = await accountOfTurn(repo, turn)
  if (!account || account.welcomeMailedAt !== null) return
  const { name, email } = account.person
  if (email === null) return
  const { means, inviteUrl } = await getCommunitySettings(repo)
  const isInvited = means !== 'log' && (means !== 'link' || inviteUrl !== null)
  const isNew = account.joinedAt === null
  const props = { name, signInUrl: signInPage, isInvited: isInvited && isNew }
  await sendMail(parts, memberWelcomeMail, email, props, idOf('welcome', turn))
  await repo.updateAll(ours(turn), { welcomeMailedAt: clock() })
}

async function sendInvite(parts: CommunityParts, turn: Turn): Promise<void> {
  const { repo, clock } = parts
  const account = await accountOfTurn(repo, turn)
  if (account?.state !== 'invited' || account.inviteMailedAt !== null) return
  const { name, email } = account.person
  const settings = await getCommunitySettings(repo)
  if (email === null || settings.inviteUrl === null || isLinkOver(settings, clock())) return
  const props = { name, email, url: settings.inviteUrl }
  await sendMail(parts, communityInviteMail, email, props, idOf('invite', turn))
  await repo.updateAll(ours(turn), { inviteMailedAt: clock() })
}

/** Should the program end between the mail and the note of it, the second mail has the name of the first. */
function idOf(what: string, { accountId, round }: Turn): string {
  return `community-${what}-${accountId}-${round}`
}

function ours({ accountId, round }: Turn) {
  return from(CommunityAccount).where({ id: accountId, round })
}
