import { findArrivals, memberArrived } from './arrivals.ts'
import { lookAfterCommunity } from './daily.ts'
import { inviteMember } from './invite-member.ts'
import { inviteWaiting } from './invite-waiting.ts'
import { removeMember } from './remove-member.ts'
import {
  mailCommunityInvite,
  mailMembershipEnded,
  mailMemberWelcome,
} from './send-community-mails.ts'
import { tellStaff } from './tell-staff.ts'
import { welcomeMember } from './welcome-member.ts'

export const COMMUNITY_JOBS = [
  inviteMember,
  mailMemberWelcome,
  mailCommunityInvite,
  mailMembershipEnded,
  memberArrived,
  welcomeMember,
  removeMember,
  tellStaff,
  inviteWaiting,
  findArrivals,
  lookAfterCommunity,
] as const
