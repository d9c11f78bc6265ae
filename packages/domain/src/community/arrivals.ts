import { from, type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { Person } from '../people/index.ts'
import { CommunityAccount } from './community-account.ts'
import { communityOf } from './community-of.ts'
import { type CommunityParts } from './community-parts.ts'
import { getCommunitySettings } from './community-settings.ts'
import { CommunityError } from './errors.ts'
import { tell } from './tell-staff.ts'
import { triedAgain } from './tried-again.ts'
import { arrived } from './welcome-member.ts'

const HOUR_MS = 60 * 60_000
const LOOKED_FOR_MS = 60 * 24 * HOUR_MS
/** Slack answers some fifty such questions a minute, and whoever joins is not to wait for them. */
const MOST_ASKED = 40

/** Somebody came in: finds out whether that is a member. */
export const memberArrived = defineJob({
  name: 'member_arrived',
  args: z.object({ userId: z.string() }),
  perform: (parts: CommunityParts, { userId }) => recognise(parts, userId),
})

/** Of whom nobody told us that they came in is looked for by their address: every hour some of them, in turn. */
export const findArrivals = defineJob({
  name: 'find_arrivals',
  args: z.object({}),
  maxAttempts: 3,
  perform: (parts: CommunityParts) => lookForAll(parts),
})

async function recognise(parts: CommunityParts, userId: string): Promise<void> {
  const { repo, clock } = parts
  if (await repo.exists(from(CommunityAccount).where({ userId }))) return
  const community = communityOf(parts, await getCommunitySettings(repo))
  const user = await community.userOf(userId).catch((error: unknown) => {
    throw triedAgain(error)
  })
  if (!user) return
  const { email, name } = user
  const person = email === null ? undefined : await repo.getBy(Person, { email })
  if (person && (await linkAccount(repo, person.id, userId, clock()))) return
  const why =
    email === null
      ? 'The app may not read addresses (users:read.email), so that nobody knows whether that is a member.'
      : 'No member has their address.'
  if (!person) await tell(repo, `stranger:${userId}`, `${name} came to ${community.name}. ${why}`)
}

/** Notes who somebody is there, and welcomes them if they are a member. False for who never was one. */
export async function linkAccount(
  repo: Repo,
  personId: number,
  userId: string,
  asOf: Date,
): Promise<boolean> {
  return repo.transaction(async () => {
    const theirs = from(CommunityAccount).where({ personId })
    const account = await repo.one(theirs.lock('for update'))
    if (!account) return false
    const words = 'They are there now.'
    if (account.userId !== userId) await arrived(repo, account, { userId, at: asOf, words })
    return true
  })
}

async function lookForAll(given: CommunityParts): Promise<void> {
  const { repo, clock } = given
  const community = communityOf(given, await getCommunitySettings(repo))
  const since = new Date(clock().getTime() - LOOKED_FOR_MS)
  const invited = from(CommunityAccount).where({ state: 'invited' }).where('userId', 'is', null)
  const accounts = await repo.all(
    invited.where('invitedAt', '>', since).orderBy({ id: 'asc' }).preload('person'),
  )
  const parts = Math.ceil(accounts.length / MOST_ASKED)
  const turn = Math.floor(clock().getTime() / HOUR_MS) % Math.max(parts, 1)
  for (const { person } of accounts.slice(turn * MOST_ASKED, (turn + 1) * MOST_ASKED)) {
    if (person.email === null) continue
    const userId = await community.find(person.email).catch((error: unknown) => {
      throw error instanceof CommunityError ? triedAgain(error) : error
    })
    if (userId !== undefined) await linkAccount(repo, person.id, userId, clock())
  }
}
