import { type CommunityAccount, whyNotAgain } from '@showrunner/domain/community'
import type * as memberships from '@showrunner/domain/memberships'
import { addresses } from '../../addresses.ts'
import { EVENT_BADGES, eventTitle } from './inbox.ts'
import { type Tone } from './list-page.ts'
import { type LocalWords, localMoment } from './local-moment.ts'
import { dayOf, placeWords, planWords, sinceOf, STATUS_BADGES } from './members.ts'

const { admin } = addresses

/** What is known of somebody as a member. */
export interface MembershipPart {
  readonly memberships: readonly MembershipLine[]
  readonly events: readonly EventLine[]
  /** All events; null where nothing says which they are. */
  readonly eventsHref: string | null
  readonly slack: SlackPart | null
}

interface Badge {
  readonly words: string
  readonly tone: Tone
}

interface MembershipLine {
  readonly badge: Badge
  readonly plan: string
  /** Among all members; null where nothing says which it is. */
  readonly href: string | null
  /** Since when, until when, and whether it goes on by itself. */
  readonly words: string
}

interface EventLine {
  readonly title: string
  readonly href: string
  readonly at: LocalWords
  readonly badge: Badge
}

interface SlackPart {
  readonly badge: Badge
  readonly words: readonly string[]
  readonly story: readonly {
    readonly at: LocalWords
    readonly words: string
    readonly failed: boolean
    readonly where: null
  }[]
  readonly invite: { readonly action: string; readonly help: string } | null
  readonly link: { readonly href: string; readonly title: string; readonly help: string }
}

export interface MembershipShown {
  readonly personId: number
  readonly theirs: readonly memberships.Membership[]
  readonly events: readonly memberships.WebhookEvent[]
  readonly account: CommunityAccount | null
}

const TONES: Readonly<Record<CommunityAccount['state'], Tone>> = {
  waiting: 'waiting',
  invited: 'waiting',
  joined: 'good',
  removed: 'quiet',
}

/** Null for who never was anything to Memberful, nor to Slack. */
export function membershipPart(shown: MembershipShown, zone: string): MembershipPart | null {
  const { personId, theirs, events, account } = shown
  if (theirs.length === 0 && !account) return null
  const address = theirs.map(({ email }) => email).find((email) => email !== null)
  return {
    memberships: theirs.map((one) => ({
      badge: STATUS_BADGES[one.status],
      plan: planWords(one),
      href: one.email === null ? null : admin.membersLike(one.email),
      words: lasting(one, zone),
    })),
    events: events.map(({ id, name, receivedAt, state }) => ({
      title: eventTitle(name),
      href: admin.inboxEvent(id),
      at: localMoment(receivedAt, zone),
      badge: EVENT_BADGES[state],
    })),
    eventsHref: address === undefined ? null : admin.inboxLike(address),
    slack: account && slackPart(personId, account, zone),
  }
}

function lasting(one: memberships.Membership, zone: string): string {
  const { status, endsAt, endedAt, autorenew, email, unrestricted } = one
  const since = sinceOf(one)
  const words = [
    since === null ? null : `since ${dayOf(since, zone)}`,
    status === 'ended' && endedAt !== null ? `ended ${dayOf(endedAt, zone)}` : null,
    status === 'active' && endsAt !== null ? `paid until ${dayOf(endsAt, zone)}` : null,
    status === 'active' && autorenew === false && !unrestricted ? 'not renewed by itself' : null,
    email === null ? null : `as ${email}`,
  ]
  return words.filter((word) => word !== null).join(', ')
}

function slackPart(personId: number, account: CommunityAccount, zone: string): SlackPart {
  const { state, error, leavingAt, steps, means, userId } = account
  const isLeaving = leavingAt !== null && state !== 'removed'
  const tone = error === null ? (isLeaving ? 'waiting' : TONES[state]) : 'bad'
  return {
    badge: { words: placeWords(account), tone },
    words: [
      ...(error === null ? [] : [`What was tried last could not be done: ${error}`]),
      ...(isLeaving ? [`They are taken out on ${dayOf(leavingAt, zone)}.`] : []),
    ],
    story: steps.toReversed().map(({ at, words }) => ({
      at: localMoment(new Date(at), zone),
      words,
      failed: words === error,
      where: null,
    })),
    invite:
      whyNotAgain(account) === null
        ? {
            action: admin.inviteAgain(personId),
            help:
              means === 'link' && state === 'invited'
                ? 'The invite link is mailed to them once more.'
                : 'What was tried is tried once more, at once.',
          }
        : null,
    link: {
      href: admin.slackAccount(personId),
      title: userId === null ? 'Link a Slack account' : 'Change the Slack account',
      help:
        userId === null ? 'Nobody in Slack is known to be them.' : `They are ${userId} in Slack.`,
    },
  }
}
