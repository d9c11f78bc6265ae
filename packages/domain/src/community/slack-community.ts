import {
  activateScimUser,
  deactivateScimUser,
  findUser,
  inviteAsAdmin,
  inviteByLegacyCall,
  inviteByScim,
  type Invited,
  inviteToChannel,
  kickFromChannel,
  lookupByEmail,
  openDirectMessage,
  postMessage,
  type SlackApp,
  SlackError,
  slackText,
  wasPosted,
  whoAmI,
} from '@showrunner/slack'
import {
  type Community,
  type Invitation,
  type Invitee,
  type Said,
  type Saying,
} from './community.ts'
import { channelsIn, type CommunitySettings } from './community-settings.ts'
import { CommunityError } from './errors.ts'

/** Slack, as the settings have it. Without an app only its invite link is of use. */
export function slackCommunity(app: SlackApp | undefined, settings: CommunitySettings): Community {
  const channels = channelsIn(settings.memberChannels)
  return {
    name: 'Slack',
    invite: (invitee) => translated(() => invite(app, settings, invitee)),
    welcome: (member) =>
      translated(async () => {
        const entered: string[] = []
        if (!app) return entered
        if (member.isOurs) await activateScimUser(app, member.userId)
        for (const channel of channels) {
          if (await inviteToChannel(app, channel, member.userId)) entered.push(channel)
        }
        return entered
      }),
    greet: ({ userId }, saying) =>
      translated(async () =>
        app ? say(app, await openDirectMessage(app, userId), saying) : 'nowhere',
      ),
    remove: ({ userId, isOurs }) =>
      translated(async () => {
        if (!app) return false
        for (const channel of channels) await kickFromChannel(app, channel, userId)
        if (isOurs) await deactivateScimUser(app, userId)
        return true
      }),
    announce: (saying) =>
      translated(async () =>
        app && settings.staffChannel ? say(app, settings.staffChannel, saying) : 'nowhere',
      ),
    userOf: (userId) =>
      translated(async () => {
        const user = app && (await findUser(app, userId))
        return user && !user.isBot ? { name: user.name, email: user.email } : undefined
      }),
    find: (email) => translated(async () => (app ? find(app, email) : undefined)),
  }
}

const WORDS: Readonly<Record<Invited, string>> = {
  invited: 'Slack invited them.',
  'already invited': 'Slack had invited them already.',
  'already there': 'They were in the workspace already.',
}

async function invite(
  app: SlackApp | undefined,
  settings: CommunitySettings,
  invitee: Invitee,
): Promise<Invitation> {
  const { means } = settings
  if (!app) {
    return means === 'link'
      ? { kind: 'mail' }
      : { kind: 'not yet', reason: 'SLACK_TOKEN is not set, so that nobody can be invited.' }
  }
  const { userId, isOurs } = invitee
  if (isOurs && userId !== null) {
    await activateScimUser(app, userId)
    return { kind: 'there', userId, isOurs, words: 'Their account in Slack is active again.' }
  }
  const there = userId ?? (await find(app, invitee.email))
  if (there !== undefined) {
    return { kind: 'there', userId: there, isOurs: false, words: WORDS['already there'] }
  }
  switch (means) {
    case 'scim':
      return byScim(app, invitee)
    case 'admin':
      return asAdmin(app, settings, invitee)
    case 'legacy': {
      const channels = channelsIn(settings.memberChannels)
      return { kind: 'invited', words: WORDS[await inviteByLegacyCall(app, invitee, { channels })] }
    }
    default:
      return { kind: 'mail' }
  }
}

async function byScim(app: SlackApp, invitee: Invitee): Promise<Invitation> {
  const { invited, userId } = await inviteByScim(app, invitee)
  return userId === undefined
    ? { kind: 'invited', words: WORDS[invited] }
    : { kind: 'there', userId, isOurs: true, words: 'Slack made an account for them.' }
}

async function asAdmin(
  app: SlackApp,
  { memberChannels }: CommunitySettings,
  invitee: Invitee,
): Promise<Invitation> {
  const channels = channelsIn(memberChannels)
  if (channels.length === 0) {
    const reason =
      'Slack takes such an invitation with a channel only: name the members’ channels in the settings.'
    return { kind: 'not yet', reason }
  }
  const { teamId } = await whoAmI(app)
  const invited = await inviteAsAdmin(app, invitee, { teamId, channels })
  return { kind: 'invited', words: WORDS[invited] }
}

/** Who has this address there, as far as the token may know. */
async function find(app: SlackApp, email: string): Promise<string | undefined> {
  try {
    return (await lookupByEmail(app, email))?.id
  } catch (error) {
    // Then nobody knows, and they are invited: Slack says itself whom it has already.
    if (error instanceof SlackError && error.code === 'missing_scope') return undefined
    throw error
  }
}

async function say(app: SlackApp, channel: string, { words, key, isAgain }: Saying): Promise<Said> {
  if (isAgain) {
    const posted = await wasPosted(app, { channel, key })
    if (posted === undefined) return 'unsure'
    if (posted) return 'said'
  }
  await postMessage(app, { channel, key, text: slackText(words) })
  return 'said'
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    const { message, code, passes, mayBeDone, retryAfterMs } = error
    throw new CommunityError(message, { code, passes, mayBeDone, retryAfterMs, cause: error })
  }
}
