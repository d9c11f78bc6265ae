import { type Person } from '../people/index.ts'
import { lockedAccount, noteError, type Turn } from './community-account.ts'
import { type CommunityParts } from './community-parts.ts'
import { CommunityError } from './errors.ts'
import { tell } from './tell-staff.ts'
import { triedAgain } from './tried-again.ts'

/** Does it; when it cannot be done, that is written down, and told where waiting alone does not help. */
export async function failing<T>(
  { repo, clock }: CommunityParts,
  turn: Turn,
  { name }: Pick<Person, 'name'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error
    const { message, passes, code } = error
    await repo.transaction(async () => {
      const account = await lockedAccount(repo, turn)
      if (account) await noteError(repo, account, { at: clock(), words: message })
      if (passes) return
      const key = `failed:${turn.accountId}:${turn.round}:${code}`
      await tell(repo, key, `${name} could not be brought to where members talk. ${message}`)
    })
    throw triedAgain(error)
  }
}
