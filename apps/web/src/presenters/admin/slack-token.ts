import { type Means, type Tried } from '@showrunner/domain/community'

/** What a token turned out to be, and what it may do of what we would have it do. */
export interface TokenPart {
  readonly ok: boolean
  readonly words: string
  readonly abilities: readonly Ability[]
}

interface Ability {
  readonly words: string
  /** Null when Slack does not say. */
  readonly has: boolean | null
  readonly scopes: string
}

interface Wanted {
  readonly words: string
  /** Any of these will do; of one that is written `a b`, both. */
  readonly anyOf: readonly string[]
}

const INVITING: Readonly<Partial<Record<Means, Wanted>>> = {
  admin: { words: 'Invite members', anyOf: ['admin.users:write'] },
  scim: { words: 'Make and end accounts', anyOf: ['admin'] },
  legacy: { words: 'Invite members', anyOf: ['admin', 'client'] },
}

const WANTED: readonly Wanted[] = [
  { words: 'Know members by their address', anyOf: ['users:read.email'] },
  {
    words: 'Bring members to public channels, and take them out',
    anyOf: ['channels:manage', 'channels:write'],
  },
  { words: 'Go into public channels by itself', anyOf: ['channels:join', 'channels:write'] },
  { words: 'The same for private channels, to which you invite the app', anyOf: ['groups:write'] },
  { words: 'Greet members', anyOf: ['chat:write im:write'] },
  { words: 'See whether a greeting was said before it is said again', anyOf: ['im:history'] },
  {
    words: 'See the same in the staff channel',
    anyOf: ['channels:history', 'groups:history'],
  },
]

export function tokenPart(tried: Tried, means: Means): TokenPart {
  if (!tried.ok) return { ok: false, words: tried.words, abilities: [] }
  const { team, user, scopes } = tried
  const inviting = INVITING[means]
  const wanted = inviting ? [inviting, ...WANTED] : WANTED
  return {
    ok: true,
    words: `The token is that of ${user || 'an app'} in ${team || 'a workspace without a name'}.`,
    abilities: wanted.map(({ words, anyOf }) => ({
      words,
      has: scopes && anyOf.some((all) => all.split(' ').every((scope) => scopes.includes(scope))),
      scopes: anyOf.map((all) => all.replace(' ', ' and ')).join(' or '),
    })),
  }
}
