import { type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { getSettings } from '../settings/index.ts'
import { type Community, type Present } from './community.ts'
import {
  accountOfTurn,
  type CommunityAccount,
  lockedAccount,
  note,
  type Turn,
} from './community-account.ts'
import { communityOf } from './community-of.ts'
import { type CommunityParts } from './community-parts.ts'
import { type CommunitySettings, getCommunitySettings } from './community-settings.ts'
import { CommunityError } from './errors.ts'
import { failing } from './failing.ts'
import { type Means } from './means.ts'

export const welcomeMember = defineJob({
  name: 'welcome_member',
  args: z.object({ accountId: z.number().int(), round: z.number().int() }),
  perform: (parts: CommunityParts, turn) => welcome(parts, turn),
})

interface Arrival {
  readonly userId: string
  /** Where their account was made by us. */
  readonly means?: Means
  readonly at: Date
  readonly words: string
}

/** Notes that somebody is there, and who they are; they are welcomed soon. In the caller's transaction, the row locked. */
export async function arrived(
  repo: Repo,
  account: CommunityAccount,
  { userId, means, at, words }: Arrival,
): Promise<void> {
  const isMember = account.state !== 'removed'
  await note(repo, account, {
    userId,
    joinedAt: account.joinedAt ?? at,
    ...(means && { means, invitedAt: at }),
    ...(isMember && { state: 'joined' }),
    at,
    words,
  })
  if (isMember) await askToWelcome(repo, { accountId: account.id, round: account.round })
}

export async function askToWelcome(repo: Repo, { accountId, round }: Turn): Promise<void> {
  const key = `community:welcome:${accountId}`
  await enqueue(repo, welcomeMember, { accountId, round }, { key })
}

async function welcome(parts: CommunityParts, turn: Turn): Promise<void> {
  const { repo } = parts
  const account = await accountOfTurn(repo, turn)
  if (!account || account.state !== 'joined' || account.userId === null) return
  const settings = await getCommunitySettings(repo)
  const community = communityOf(parts, settings)
  const member = {
    name: account.person.name,
    userId: account.userId,
    isOurs: account.means === 'scim',
  }

  await failing(parts, turn, account.person, async () => {
    if (account.broughtAt === null) await bring(parts, turn, community, member)
    if (account.greetedAt === null) await greet(parts, turn, { community, member, settings })
  })
}

async function bring(
  { repo, clock }: CommunityParts,
  turn: Turn,
  community: Community,
  member: Present,
): Promise<void> {
  const entered = await community.welcome(member)
  await repo.transaction(async () => {
    const account = await lockedAccount(repo, turn)
    if (account?.state !== 'joined') return
    const words =
      entered.length > 0
        ? `Brought to the members’ channels: ${entered.join(', ')}.`
        : 'They were in all of the members’ channels.'
    await note(repo, account, { broughtAt: clock(), at: clock(), words })
  })
}

/** Notes that it begins, says it, and notes that it was said: should the program end in between, the note is seen. */
async function greet(
  parts: CommunityParts,
  turn: Turn,
  {
    community,
    member,
    settings,
  }: {
    readonly community: Community
    readonly member: Present
    readonly settings: CommunitySettings
  },
): Promise<void> {
  const { repo, clock } = parts
  const begun = await repo.transaction(async () => {
    const account = await lockedAccount(repo, turn)
    if (!account || account.greetedAt !== null) return undefined
    await note(repo, account, { greetingBegunAt: clock(), at: clock(), words: 'To be greeted.' })
    return { isAgain: account.greetingBegunAt !== null }
  })
  if (!begun) return
  const { title } = await getSettings(repo)
  const words = settings.greeting ?? greetingOf(member.name, title)
  const key = `hello:${turn.accountId}:${turn.round}`
  try {
    const said = await community.greet(member, { words, key, ...begun })
    await noteGreeting(parts, turn, true, GREETED[said])
  } catch (error) {
    if (error instanceof CommunityError && !error.mayBeDone && !begun.isAgain) {
      await noteGreeting(parts, turn, false, 'Not greeted yet.')
    }
    throw error
  }
}

const GREETED = {
  said: 'Greeted.',
  unsure: 'Perhaps greeted: it may have been said, and is not said again.',
  nowhere: 'Nobody greets them: there is no app in Slack to do it.',
} as const

async function noteGreeting(
  { repo, clock }: CommunityParts,
  turn: Turn,
  isGreeted: boolean,
  words: string,
): Promise<void> {
  await repo.transaction(async () => {
    const account = await lockedAccount(repo, turn)
    if (!account) return
    const greeting = isGreeted ? { greetedAt: clock() } : { greetingBegunAt: null }
    await note(repo, account, { ...greeting, at: clock(), words })
  })
}

export function greetingOf(name: string, network: string): string {
  return `Hello ${name}, good that you are here. Thank you for being a member of ${network}. You are in the members’ channels from now on: say hello there, and ask us anything.`
}
