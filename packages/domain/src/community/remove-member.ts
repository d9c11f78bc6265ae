import { from, type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import {
  accountOfTurn,
  CommunityAccount,
  lockedAccount,
  note,
  type Turn,
} from './community-account.ts'
import { communityOf } from './community-of.ts'
import { type CommunityParts } from './community-parts.ts'
import { getCommunitySettings } from './community-settings.ts'
import { failing } from './failing.ts'
import { askToWelcome } from './welcome-member.ts'

export const removeMember = defineJob({
  name: 'remove_member',
  args: z.object({ accountId: z.number().int(), round: z.number().int() }),
  perform: (parts: CommunityParts, turn) => remove(parts, turn),
})

export function removalKey({ accountId }: Turn): string {
  return `community:remove:${accountId}`
}

/** Lets somebody be taken out at that moment, unless they are a member again by then. */
export async function askToRemove(repo: Repo, { accountId, round }: Turn, at: Date): Promise<void> {
  const key = removalKey({ accountId, round })
  await enqueue(repo, removeMember, { accountId, round }, { at, key })
}

async function remove(parts: CommunityParts, turn: Turn): Promise<void> {
  const { repo, clock } = parts
  const account = await accountOfTurn(repo, turn)
  if (!account || !isDue(account, clock())) return
  const community = communityOf(parts, await getCommunitySettings(repo))
  const { name, email } = account.person
  const words = await failing(parts, turn, account.person, async () => {
    // Who came with the invite link, and of whom Slack never told us, is there all the same.
    const userId = account.userId ?? (email === null ? undefined : await community.find(email))
    if (userId === undefined) return OUT.nobody
    const isOut = await community.remove({ name, userId, isOurs: account.means === 'scim' })
    return isOut ? OUT.removed : OUT.unable
  })
  await repo.transaction(async () => {
    const locked = await lockedAccount(repo, turn)
    if (!locked || locked.state === 'removed') return
    if (!isDue(locked, clock())) return broughtBack(repo, locked)
    const at = clock()
    await note(repo, locked, { state: 'removed', removedAt: at, leavingAt: null, at, words })
  })
}

/** What became of it. */
const OUT = {
  removed: 'Taken out, as the membership has ended.',
  nobody: 'Nobody there is known to be them, so nobody was taken out.',
  unable: 'The membership has ended. Nobody takes them out: there is no app there to do it.',
} as const

function isDue({ state, leavingAt }: CommunityAccount, asOf: Date): boolean {
  return state !== 'removed' && leavingAt !== null && leavingAt <= asOf
}

/** They came back while they were being taken out. */
async function broughtBack(repo: Repo, { id, round, state }: CommunityAccount): Promise<void> {
  await repo.updateAll(from(CommunityAccount).where({ id }), { broughtAt: null })
  if (state === 'joined') await askToWelcome(repo, { accountId: id, round })
}
