import { type Community } from './community.ts'
import { type CommunityParts } from './community-parts.ts'
import { type CommunitySettings } from './community-settings.ts'
import { logCommunity } from './log-community.ts'
import { slackCommunity } from './slack-community.ts'

/** Where members talk with each other, as the settings have it. Another such place gets its line here. */
export function communityOf(
  { slack }: Pick<CommunityParts, 'slack'>,
  settings: CommunitySettings,
): Community {
  return settings.means === 'log' ? logCommunity : slackCommunity(slack, settings)
}
