import { createHash } from 'node:crypto'
import { build, from, type Repo, type Values } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { isEventName, readEvent } from '@showrunner/memberful'
import {
  CommunityAccount,
  CommunitySettings,
  countInviteMail,
  type Step,
} from '../community/index.ts'
import { Membership, membershipJobs, WebhookEvent } from '../memberships/index.ts'
import { type DemoSubscriber, type MembershipsFile } from './content.ts'

const DAY_MS = 24 * 60 * 60_000
const MINUTE_MS = 60_000
const FIRST_MEMBER = 4_100
/** For how long the invite link has been the present one. */
const LINK_SINCE_DAYS = 25

// Nobody listens: whoever is made up is neither mailed nor invited.
const { applyWebhookEvent } = membershipJobs([])

/** Members in every state, and the events by which they came there. Nobody is mailed. */
export async function seedMemberships(
  repo: Repo,
  { inviteUrl, inviteUrlDaysLeft, members, visitor, others, waiting }: MembershipsFile,
  asOf: Date,
): Promise<void> {
  const ago = (days: number) => new Date(asOf.getTime() - days * DAY_MS)
  await repo.updateAll(from(CommunitySettings), {
    inviteUrl,
    inviteUrlSince: ago(LINK_SINCE_DAYS),
    inviteUrlEndsOn: ago(-inviteUrlDaysLeft).toISOString().slice(0, 10),
  })
  for (const [at, member] of members.entries()) {
    const account = await seedMember(repo, member, { memberId: FIRST_MEMBER + at, ago })
    const isOfLink = account?.inviteMailedAt && account.inviteMailedAt >= ago(LINK_SINCE_DAYS)
    if (isOfLink) await countInviteMail(repo, { accountId: account.id, round: 1 }, inviteUrl)
  }
  const { daysAgo, name, email } = visitor
  const signedUp = { id: FIRST_MEMBER + members.length, email, full_name: name }
  await apply(repo, { event: 'member_signup', member: signedUp }, ago(daysAgo))
  for (const one of others) await apply(repo, one.event, ago(one.daysAgo))
  await enqueue(repo, applyWebhookEvent, { eventId: await keep(repo, waiting, asOf) })
}

async function seedMember(
  repo: Repo,
  member: DemoSubscriber,
  { memberId, ago }: { readonly memberId: number; readonly ago: (days: number) => Date },
): Promise<CommunityAccount | undefined> {
  const { name, email, plan, joinedDaysAgo, paidForDays, endedDaysAgo } = member
  const joinedAt = ago(joinedDaysAgo)
  const subscribed = (event: string, active: boolean) => ({
    event,
    subscription: {
      id: memberId,
      active,
      autorenew: active,
      created_at: joinedAt.toISOString(),
      expires_at: ago(-paidForDays).toISOString(),
      member: { id: memberId, email, full_name: name },
      subscription_plan: { id: plan.length, name: plan },
    },
  })
  await apply(repo, subscribed('subscription.created', true), joinedAt)
  const endedAt = endedDaysAgo === undefined ? undefined : ago(endedDaysAgo)
  if (endedAt) await apply(repo, subscribed('subscription.deactivated', false), endedAt)
  const { personId } = await repo.getByOrThrow(Membership, { memberfulMemberId: memberId })
  if (personId === null) return undefined
  return repo.insertOrThrow(
    build(CommunityAccount, { personId, ...accountOf(member, memberId, joinedAt, endedAt) }),
  )
}

/** How far they have come in Slack, with the steps by which they came there. */
function accountOf(
  { slack, trouble }: DemoSubscriber,
  memberId: number,
  joinedAt: Date,
  endedAt: Date | undefined,
): Values<typeof CommunityAccount> {
  const after = (minutes: number) => new Date(joinedAt.getTime() + minutes * MINUTE_MS)
  const step = (at: Date, words: string): Step => ({ at: at.toISOString(), words })
  const begun = [step(joinedAt, 'Became a member.')]
  if (slack === 'waiting') {
    const error = trouble ?? null
    return { error, steps: [...begun, ...(error === null ? [] : [step(after(1), error)])] }
  }
  const mailed = { means: 'link', invitedAt: after(0), inviteMailedAt: after(1) } as const
  const invited = [...begun, step(after(0), 'The invite link was put in the mail.')]
  if (slack === 'invited')
    return { state: slack, ...mailed, welcomeMailedAt: after(1), steps: invited }
  const userId = `U${memberId}`
  const there = [
    ...invited,
    step(after(12), 'They are there now.'),
    step(after(12), 'Brought to the members’ channels: C0LONGSHED.'),
    step(after(13), 'Greeted.'),
  ]
  const welcomed = { joinedAt: after(12), broughtAt: after(12), greetedAt: after(13) }
  const whole = { ...mailed, welcomeMailedAt: after(1), userId, ...welcomed }
  if (!endedAt) return { state: 'joined', ...whole, steps: there }
  const removedAt = new Date(endedAt.getTime() + 7 * DAY_MS)
  const gone = [
    step(
      endedAt,
      `The membership has ended. They stay until ${removedAt.toISOString().slice(0, 10)}.`,
    ),
    step(removedAt, 'Taken out, as the membership has ended.'),
  ]
  const left = { leftAt: endedAt, endedMailedAt: endedAt, removedAt }
  return { state: 'removed', ...whole, ...left, steps: [...there, ...gone] }
}

async function apply(repo: Repo, event: object, at: Date): Promise<void> {
  const eventId = await keep(repo, event, at)
  await applyWebhookEvent.run({ repo, clock: () => at }, { eventId })
}

async function keep(repo: Repo, said: object, receivedAt: Date): Promise<number> {
  const body = JSON.stringify(said)
  const event = readEvent(body)
  if (!event) throw new Error(`${body} is no event`)
  const { name, payload, memberId } = event
  const digest = createHash('sha256').update(body).digest('hex')
  const row = await repo.insertOrThrow(
    build(WebhookEvent, {
      name,
      payload,
      digest,
      receivedAt,
      understood: isEventName(name),
      memberfulMemberId: memberId ?? null,
    }),
  )
  return row.id
}
