import { z } from 'zod'
import { ask } from './ask.ts'
import { type SlackApp } from './slack-app.ts'
import { createScimUser } from './scim.ts'
import { type Invited, understoodInvitation } from './understood.ts'

const Nothing = z.object({})

export interface Invitee {
  readonly email: string
  readonly name: string
}

/** `admin.users.invite`: Enterprise plans; a token of the organisation with `admin.users:write`. @throws SlackError */
export async function inviteAsAdmin(
  app: SlackApp,
  { email, name }: Invitee,
  { teamId, channels }: { readonly teamId: string; readonly channels: readonly string[] },
): Promise<Invited> {
  const channel_ids = channels.join(',')
  const fields = { team_id: teamId, email, channel_ids, real_name: name }
  return understoodInvitation(ask(app, 'admin.users.invite', fields, Nothing))
}

/** `users.admin.invite`: never documented, and for tokens that nobody can make since 2020. @throws SlackError */
export async function inviteByLegacyCall(
  app: SlackApp,
  { email, name }: Invitee,
  { channels }: { readonly channels: readonly string[] },
): Promise<Invited> {
  const fields = { email, real_name: name, channels: channels.join(',') || undefined }
  return understoodInvitation(
    ask(app, 'users.admin.invite', { ...fields, set_active: 'true' }, Nothing),
  )
}

/** SCIM: Business+ and Enterprise; an administrator's token. Makes the account; Slack writes to its owner. @throws SlackError */
export async function inviteByScim(
  app: SlackApp,
  invitee: Invitee,
): Promise<{ readonly invited: Invited; readonly userId: string | undefined }> {
  let userId: string | undefined
  const created = createScimUser(app, invitee).then((id) => (userId = id))
  const invited = await understoodInvitation(created)
  return { invited, userId }
}
