export interface FakeUser {
  readonly id: string
  readonly email: string
  readonly name: string
  isActive: boolean
}

/** What a fake Slack knows. Tests look into it, and let people in. */
export interface Workspace {
  readonly users: FakeUser[]
  /** Addresses that an invitation went to, as often as one did. */
  readonly invitations: string[]
  /** Who is in a channel, by its id. The app itself is `BOT`. */
  readonly channels: Map<string, Set<string>>
  readonly messages: { channel: string; text: string; metadata: unknown; ts: string }[]
  /** Somebody takes their invitation. */
  readonly join: (email: string, name?: string) => FakeUser
}

export const BOT = 'UBOT'

export function emptyWorkspace(): Workspace {
  const users: FakeUser[] = []
  return {
    users,
    invitations: [],
    channels: new Map([
      ['CMEMBERS', new Set([BOT])],
      ['CSTAFF', new Set([BOT])],
    ]),
    messages: [],
    join: (email, name = 'Somebody') => {
      const user = { id: `U${users.length + 1}`, email, name, isActive: true }
      users.push(user)
      return user
    },
  }
}
