export { editAccount, linkByHand, unlinkByHand } from './account-by-hand.ts'
export { findArrivals, linkAccount, memberArrived } from './arrivals.ts'
export { type Community, type Invitation } from './community.ts'
export { type AccountState, ACCOUNT_STATES, CommunityAccount } from './community-account.ts'
export { findAccount, type Step } from './community-account.ts'
export { CommunityNotice } from './community-notice.ts'
export { type CommunityParts } from './community-parts.ts'
export {
  channelsIn,
  CommunitySettings,
  communitySettingsChangeset,
  editCommunitySettings,
  getCommunitySettings,
} from './community-settings.ts'
export { lookAfterCommunity } from './daily.ts'
export { CommunityError } from './errors.ts'
export { CommunityInviteMail, countInviteMail } from './community-invite-mail.ts'
export {
  inviteLinkStanding,
  LINK_DAYS,
  type LinkStanding,
  linkStanding,
  linkWarning,
  MOST_USES,
  whyNotMailed,
} from './invite-link.ts'
export { inviteAgain, type InvitedAgain, whyNotAgain } from './invite-again.ts'
export { inviteMember } from './invite-member.ts'
export { COMMUNITY_JOBS } from './jobs.ts'
export { COMMUNITY_MAILS } from './mails.ts'
export { type Means, MEANS } from './means.ts'
export { memberJoined, memberLeft } from './membership.ts'
export { removeMember } from './remove-member.ts'
export { SlackEventTaken, takeSlackEvent } from './slack-events.ts'
export { type Tried, tryToken } from './try-token.ts'
export { updateCommunitySettings } from './update-community-settings.ts'
export { countWaiting, listWaiting } from './waiting.ts'
export { welcomeMember } from './welcome-member.ts'
