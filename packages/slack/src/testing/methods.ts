import { BOT, type FakeUser, type Workspace } from './workspace.ts'

type Fields = Readonly<Record<string, string>>
type Result = {
  readonly status?: number
  readonly error?: string
  readonly [field: string]: unknown
}
type Method = (workspace: Workspace, fields: Fields) => Result

const TEAM = { team: 'Radio', team_id: 'T1', url: 'https://radio.slack.com/', user: 'showrunner' }

/** What a fake Slack can do, as the real one documents it. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': () => TEAM,
  'users.lookupByEmail': ({ users }, { email }) =>
    shown(
      users.find((user) => user.email === email && user.isActive),
      'users_not_found',
    ),
  'users.info': ({ users }, { user: id }) =>
    shown(
      users.find((user) => user.id === id),
      'user_not_found',
    ),
  'admin.users.invite': (workspace, fields) =>
    fields['team_id'] && fields['channel_ids']
      ? invite(workspace, fields)
      : { error: 'invalid_arguments' },
  'users.admin.invite': (workspace, fields) => invite(workspace, fields),
  'conversations.invite': ({ channels }, { channel = '', users = '' }) => {
    const there = channels.get(channel)
    if (!there) return { error: 'channel_not_found' }
    if (!there.has(BOT)) return { error: 'not_in_channel' }
    if (there.has(users)) return { error: 'already_in_channel' }
    there.add(users)
    return { channel: { id: channel } }
  },
  'conversations.join': ({ channels }, { channel = '' }) => {
    channels.get(channel)?.add(BOT)
    return channels.has(channel) ? {} : { error: 'channel_not_found' }
  },
  'conversations.kick': ({ channels }, { channel = '', user = '' }) =>
    channels.get(channel)?.delete(user) ? {} : { error: 'not_in_channel' },
  'conversations.open': (_workspace, { users = '' }) => ({ channel: { id: `D${users}` } }),
  'chat.postMessage': ({ messages }, { channel = '', text = '', metadata }) => {
    const ts = `1790000000.${String(messages.length).padStart(6, '0')}`
    messages.push({ channel, text, metadata: JSON.parse(metadata ?? 'null') as unknown, ts })
    return { channel, ts }
  },
  'conversations.history': ({ messages }, { channel }) => ({
    messages: messages.filter((message) => message.channel === channel).toReversed(),
  }),
  'SCIM POST /Users': (workspace, { body = '{}' }) => {
    const { emails, displayName } = JSON.parse(body) as ScimUser
    const email = emails[0]?.value ?? ''
    if (workspace.users.some((user) => user.email === email)) return { status: 409 }
    workspace.invitations.push(email)
    return { status: 201, id: workspace.join(email, displayName).id }
  },
  'SCIM PATCH /Users': ({ users }, { id }) => activate(users, id, true),
  'SCIM DELETE /Users': ({ users }, { id }) => activate(users, id, false),
}

interface ScimUser {
  readonly emails: readonly { readonly value: string }[]
  readonly displayName: string
}

function invite({ users, invitations }: Workspace, { email = '' }: Fields): Result {
  if (!email.includes('@')) return { error: 'invalid_email' }
  if (users.some((user) => user.email === email)) return { error: 'already_in_team' }
  if (invitations.includes(email)) return { error: 'already_invited' }
  invitations.push(email)
  return {}
}

function shown(user: FakeUser | undefined, missing: string): Result {
  if (!user) return { error: missing }
  const { id, name, email, isActive } = user
  return { user: { id, name, deleted: !isActive, profile: { real_name: name, email } } }
}

function activate(users: readonly FakeUser[], id: string | undefined, isActive: boolean): Result {
  const user = users.find((one) => one.id === id)
  if (!user) return { status: 404 }
  user.isActive = isActive
  return {}
}
