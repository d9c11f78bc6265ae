import { from } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { sendMail } from '../mailing/index.ts'
import {
  accountOfTurn,
  CommunityAccount,
  lockedAccount,
  note,
  type Turn,
} from './community-account.ts'
import { type CommunityParts } from './community-parts.ts'
import { getCommunitySettings } from './community-settings.ts'
import { linkStanding, whyNotMailed } from './invite-link.ts'
import { communityInviteMail, membershipEndedMail, memberWelcomeMail } from './mails.ts'
import { takeLink } from './take-link.ts'

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

export const mailMembershipEnded = defineJob({
  name: 'mail_membership_ended',
  // By the time of the mail they may be out, and where they were before is not to be seen any more.
  args: OfTurn.extend({ wasThere: z.boolean() }),
  perform: (parts: CommunityParts, { wasThere, ...turn }) => sendEnded(parts, turn, wasThere),
})

async function sendWelcome(parts: CommunityParts, turn: Turn): Promise<void> {
  const { repo, clock, signInPage } = parts
  const account = await accountOfTurn(repo, turn)
  if (!account || account.welcomeMailedAt !== null || account.leftAt !== null) return
  const { name, email } = account.person
  if (email === null) return
  const isInvited = account.joinedAt === null && (await arePeopleInvited(parts))
  const props = { name, signInUrl: signInPage, isInvited }
  await sendMail(parts, memberWelcomeMail, email, props, { id: idOf('welcome', turn) })
  await repo.updateAll(ours(turn), { welcomeMailedAt: clock() })
}

async function arePeopleInvited({ repo, clock }: CommunityParts): Promise<boolean> {
  const settings = await getCommunitySettings(repo)
  if (settings.means !== 'link') return settings.means !== 'log'
  return whyNotMailed(await linkStanding(repo, settings, clock())) === null
}

async function sendInvite(parts: CommunityParts, turn: Turn): Promise<void> {
  const { repo, clock } = parts
  const account = await accountOfTurn(repo, turn)
  if (account?.state !== 'invited' || account.inviteMailedAt !== null) return
  const { name, email } = account.person
  if (email === null) return
  const url = await takeLink(repo, turn, { name, asOf: clock() })
  if (url === undefined) return
  const props = { name, email, url }
  await sendMail(parts, communityInviteMail, email, props, { id: idOf('invite', turn) })
  await repo.updateAll(ours(turn), { inviteMailedAt: clock() })
}

async function sendEnded(parts: CommunityParts, turn: Turn, wasThere: boolean): Promise<void> {
  const { repo, clock, joinPage } = parts
  const account = await accountOfTurn(repo, turn)
  if (!account || account.leftAt === null || account.endedMailedAt !== null) return
  const { leftAt, leavingAt } = account
  const { name, email, timeZone } = account.person
  if (email === null) return
  const { means } = await getCommunitySettings(repo)
  const staysUntil = leavingAt !== null && leavingAt > clock() ? leavingAt : null
  const isThere = wasThere && means !== 'log'
  const zone = timeZone ?? 'UTC'
  const props = { name, endedOn: leftAt, isThere, staysUntil, zone, joinUrl: joinPage }
  const id = idOf(`ended-${leftAt.getTime()}`, turn)
  await sendMail(parts, membershipEndedMail, email, props, { id })
  await repo.transaction(async () => {
    const locked = await lockedAccount(repo, turn)
    if (!locked || locked.leftAt?.getTime() !== leftAt.getTime()) return
    const { error } = locked
    const words = 'They were told by mail that the membership has ended.'
    await note(repo, locked, { endedMailedAt: clock(), error, at: clock(), words })
  })
}

/** Should the program end between the mail and the note of it, the second mail has the name of the first. */
function idOf(what: string, { accountId, round }: Turn): string {
  return `community-${what}-${accountId}-${round}`
}

function ours({ accountId, round }: Turn) {
  return from(CommunityAccount).where({ id: accountId, round })
}
