import { build, from, type Repo } from '@showrunner/data'
import { dequeue, enqueue } from '@showrunner/jobs'
import { type Person } from '../people/index.ts'
import { CommunityAccount, note, type Turn } from './community-account.ts'
import { getCommunitySettings } from './community-settings.ts'
import { askToInvite } from './invite-member.ts'
import { askToRemove, removalKey } from './remove-member.ts'
import { mailMembershipEnded, mailMemberWelcome } from './send-community-mails.ts'
import { tell } from './tell-staff.ts'
import { askToWelcome } from './welcome-member.ts'

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
 * caller's transaction; said twice, the first counts. Who became one before anybody here knew may be there all the same.
 */
export async function memberLeft(repo: Repo, person: Member, asOf: Date): Promise<void> {
  await repo.transaction(async () => {
    await repo.insertOrThrow(build(CommunityAccount, { personId: person.id, state: 'invited' }), {
      onConflict: 'nothing',
    })
    const account = await lockedAccountOf(repo, person)
    if (account.state === 'removed' || account.leavingAt !== null) return
    const { graceDays } = await getCommunitySettings(repo)
    const leavingAt = new Date(asOf.getTime() + graceDays * DAY_MS)
    const words = `The membership has ended. They stay until ${leavingAt.toISOString().slice(0, 10)}.`
    const ended = { leftAt: asOf, endedMailedAt: null }
    await note(repo, account, { leavingAt, ...ended, at: asOf, words })
    const { id: accountId, round } = account
    const ofMail = { accountId, round, wasThere: account.state !== 'waiting' }
    await enqueue(repo, mailMembershipEnded, ofMail, { key: endedKey(account) })
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
  await askToMailWelcome(repo, turn)
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
    leftAt: null,
    endedMailedAt: null,
    at: asOf,
    words: 'Became a member again.',
  })
  await askToInvite(repo, turn)
  await askToMailWelcome(repo, turn)
  await tell(repo, `joined:${account.id}:${round}`, `${name} is a member again.`)
}

async function stay(
  repo: Repo,
  account: CommunityAccount,
  { name }: Member,
  asOf: Date,
): Promise<void> {
  const turn = { accountId: account.id, round: account.round }
  // The grace period has passed, and somebody may be about to take them out: they are brought back.
  const isLate = account.leavingAt !== null && account.leavingAt <= asOf
  const isBack = { leavingAt: null, leftAt: null, endedMailedAt: null }
  const words = isLate ? 'Came back as they were to be taken out.' : 'Came back in time.'
  await note(repo, account, { ...isBack, ...(isLate && { broughtAt: null }), at: asOf, words })
  await dequeue(repo, removalKey(turn))
  await dequeue(repo, endedKey(account))
  if (isLate && account.state === 'joined') await askToWelcome(repo, turn)
  if (account.state === 'waiting') {
    await askToInvite(repo, turn)
    if (account.welcomeMailedAt === null) await askToMailWelcome(repo, turn)
  }
  const key = `stayed:${account.id}:${asOf.toISOString()}`
  await tell(repo, key, `${name} is a member again, and was never gone.`)
}

async function askToMailWelcome(repo: Repo, turn: Turn): Promise<void> {
  await enqueue(repo, mailMemberWelcome, turn, { key: `community:welcome mail:${turn.accountId}` })
}

function endedKey({ id }: CommunityAccount): string {
  return `community:ended mail:${id}`
}

function stays(graceDays: number): string {
  if (graceDays === 0) return 'They are taken out now.'
  return graceDays === 1 ? 'They stay for a day.' : `They stay for ${graceDays} days.`
}
