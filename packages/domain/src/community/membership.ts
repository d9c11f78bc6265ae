import { build, from, type Repo } from '@showrunner/data'
import { dequeue, enqueue } from '@showrunner/jobs'
import { type Person } from '../people/index.ts'
import { CommunityAccount, note } from './community-account.ts'
import { getCommunitySettings } from './community-settings.ts'
import { askToInvite } from './invite-member.ts'
import { askToRemove, removalKey } from './remove-member.ts'
import { mailMemberWelcome } from './send-community-mails.ts'
import { tell } from './tell-staff.ts'

const DAY_MS = 24 * 60 * 60_000

type Member = Pick<Person, 'id' | 'name'>

/**
 * Somebody is a member from now on: they are invited and welcomed, soon. In the caller's transaction; said of who is one
 * already, it changes nothing. Whoever comes back within the grace period stays as they were.
 */
export async function memberJoined(repo: Repo, person: Member, asOf: Date): Promise<void> {
  await repo.transaction(async () => {
    await repo.insertOrThrow(build(CommunityAccount, { personId: person.id, round: 1 }), {
      onConflict: 'nothing',
    })
    const account = await lockedAccountOf(repo, person)
    if (account.steps.length === 0) return begin(repo, account, person, asOf)
    if (account.state === 'removed') return beginAgain(repo, account, person, asOf)
    if (account.leavingAt !== null) return stay(repo, account, person, asOf)
  })
}

/**
 * Somebody's membership has ended: they are taken out after the grace period, unless they are a member again by then. In the
 * caller's transaction; said twice, the first counts.
 */
export async function memberLeft(repo: Repo, person: Member, asOf: Date): Promise<void> {
  await repo.transaction(async () => {
    if (!(await repo.exists(from(CommunityAccount).where({ personId: person.id })))) return
    const account = await lockedAccountOf(repo, person)
    if (account.state === 'removed' || account.leavingAt !== null) return
    const { graceDays } = await getCommunitySettings(repo)
    const leavingAt = new Date(asOf.getTime() + graceDays * DAY_MS)
    const words = `The membership has ended. They stay until ${leavingAt.toISOString().slice(0, 10)}.`
    await note(repo, account, { leavingAt, at: asOf, words })
    const { id: accountId, round } = account
    await askToRemove(repo, { accountId, round }, leavingAt)
    await tell(
      repo,
      `left:${accountId}:${asOf.toISOString()}`,
      `The membership of ${person.name} has ended. ${stays(graceDays)}`,
    )
  })
}

async function lockedAccountOf(repo: Repo, { id }: Member): Promise<CommunityAccount> {
  const theirs = from(CommunityAccount).where({ personId: id })
  return repo.oneOrThrow(theirs.lock('for update'))
}

async function begin(
  repo: Repo,
  account: CommunityAccount,
  { name }: Member,
  asOf: Date,
): Promise<void> {
  const turn = { accountId: account.id, round: account.round }
  await note(repo, account, { at: asOf, words: 'Became a member.' })
  await askToInvite(repo, turn)
  await enqueue(repo, mailMemberWelcome, turn)
  await tell(repo, `joined:${account.id}:${account.round}`, `${name} is a member now.`)
}

/** After they were taken out: as new, but that we may know who they are there. */
async function beginAgain(
  repo: Repo,
  account: CommunityAccount,
  { name }: Member,
  asOf: Date,
): Promise<void> {
  const round = account.round + 1
  const turn = { accountId: account.id, round }
  await note(repo, account, {
    state: 'waiting',
    round,
    invitedAt: null,
    inviteMailedAt: null,
    welcomeMailedAt: null,
    broughtAt: null,
    greetingBegunAt: null,
    greetedAt: null,
    leavingAt: null,
    removedAt: null,
    at: asOf,
    words: 'Became a member again.',
  })
  await askToInvite(repo, turn)
  await enqueue(repo, mailMemberWelcome, turn)
  await tell(repo, `joined:${account.id}:${round}`, `${name} is a member again.`)
}

async function stay(
  repo: Repo,
  account: CommunityAccount,
  { name }: Member,
  asOf: Date,
): Promise<void> {
  const turn = { accountId: account.id, round: account.round }
  await note(repo, account, { leavingAt: null, at: asOf, words: 'Came back in time.' })
  await dequeue(repo, removalKey(turn))
  if (account.state === 'waiting') await askToInvite(repo, turn)
  const key = `stayed:${account.id}:${asOf.toISOString()}`
  await tell(repo, key, `${name} is a member again, and was never gone.`)
}

function stays(graceDays: number): string {
  if (graceDays === 0) return 'They are taken out now.'
  return graceDays === 1 ? 'They stay for a day.' : `They stay for ${graceDays} days.`
}
