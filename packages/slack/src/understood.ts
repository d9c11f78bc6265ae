import { SlackError } from './errors.ts'

/** What an invitation came to: somebody is invited, or was there before. */
export type Invited = 'invited' | 'already invited' | 'already there'

/** Refusals of an invitation that say: it is so already. */
const INVITATIONS: Readonly<Record<string, Invited>> = {
  already_invited: 'already invited',
  already_in_team_invited_user: 'already invited',
  sent_recently: 'already invited',
  already_in_team: 'already there',
  user_already_team_member: 'already there',
  http_409: 'already there',
}

/** Refusals that say the same of a channel, by what was asked. */
const CHANNELS: Readonly<Record<string, readonly string[]>> = {
  'conversations.join': ['already_in_channel'],
  'conversations.invite': ['already_in_channel', 'cant_invite_self'],
  'conversations.kick': [
    'not_in_channel',
    'user_not_in_channel',
    'user_not_found',
    'users_not_found',
  ],
}

/** What an invitation came to. @throws what it failed with, when that is no success. */
export async function understoodInvitation(invitation: Promise<unknown>): Promise<Invited> {
  try {
    await invitation
    return 'invited'
  } catch (error) {
    const already = error instanceof SlackError ? INVITATIONS[error.code] : undefined
    if (already) return already
    throw error
  }
}

/** Whether something changed: false when it was so already. @throws what it failed with otherwise. */
export async function understood(change: Promise<unknown>): Promise<boolean> {
  try {
    await change
    return true
  } catch (error) {
    if (error instanceof SlackError && CHANNELS[error.method]?.includes(error.code)) return false
    throw error
  }
}
