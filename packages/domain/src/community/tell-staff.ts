import { build, from, stateOf, type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { communityOf } from './community-of.ts'
import { CommunityNotice } from './community-notice.ts'
import { CommunityError } from './errors.ts'
import { type CommunityParts } from './community-parts.ts'
import { getCommunitySettings } from './community-settings.ts'
import { triedAgain } from './tried-again.ts'

export const tellStaff = defineJob({
  name: 'tell_staff',
  args: z.object({ noticeId: z.number().int() }),
  perform: (parts: CommunityParts, { noticeId }) => announce(parts, noticeId),
})

/** Lets the staff channel hear of it, in the caller's transaction. What was told under the same key is not told again. */
export async function tell(repo: Repo, key: string, words: string): Promise<void> {
  const notice = await repo.insertOrThrow(build(CommunityNotice, { key, words }), {
    onConflict: 'nothing',
  })
  if (stateOf(notice) !== 'built') await enqueue(repo, tellStaff, { noticeId: notice.id })
}

async function announce(parts: CommunityParts, id: number): Promise<void> {
  const { repo, clock } = parts
  const notice = await repo.get(CommunityNotice, id)
  if (!notice || notice.toldAt !== null) return
  const community = communityOf(parts, await getCommunitySettings(repo))
  const ours = from(CommunityNotice).where({ id })
  await repo.updateAll(ours, { begunAt: clock() })
  try {
    const { words, key, begunAt } = notice
    await community.announce({ words, key, isAgain: begunAt !== null })
    await repo.updateAll(ours, { toldAt: clock() })
  } catch (error) {
    if (isNotDone(error)) await repo.updateAll(ours, { begunAt: notice.begunAt })
    throw triedAgain(error)
  }
}

function isNotDone(error: unknown): boolean {
  return error instanceof CommunityError && !error.mayBeDone
}
