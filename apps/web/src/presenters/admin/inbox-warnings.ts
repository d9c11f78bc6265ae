import { type LinkStanding, linkWarning } from '@showrunner/domain/community'
import { type InboxHealth } from '@showrunner/domain/memberships'
import { addresses } from '../../addresses.ts'
import { excerpt } from '../excerpts.ts'
import { counted } from '../names.ts'
import { type TroubleLine } from './dashboard-troubles.ts'

const { admin } = addresses
const LONGEST_REASON = 200

/** How it stands with all that members come by. */
export interface AroundMembers {
  readonly health: InboxHealth
  /** Null where nobody is invited by a link. */
  readonly link: LinkStanding | null
  readonly waitingCount: number
  readonly hasSecret: boolean
  /** The address that is entered at Memberful. */
  readonly webhook: string
}

/** What somebody has to see to, the worst first. */
export function inboxWarnings(around: AroundMembers): readonly TroubleLine[] {
  return [
    ...secretWarning(around),
    ...eventWarnings(around),
    ...linkWarnings({ ...around, isUsed: true }),
    ...waitingWarning(around),
  ]
}

/** What became of events, for where that is one line among others. */
export function failedEvents({
  failedCount,
  lastFailed,
}: Pick<InboxHealth, 'failedCount' | 'lastFailed'>): readonly TroubleLine[] {
  if (!lastFailed) return []
  return [
    {
      words:
        failedCount === 1
          ? `An event of Memberful could not be applied: ${lastFailed.name}.`
          : `${failedCount} events of Memberful could not be applied.`,
      reason: lastFailed.error === null ? null : excerpt(lastFailed.error, LONGEST_REASON),
      href: failedCount === 1 ? admin.inboxEvent(lastFailed.id) : admin.inboxOf('failed'),
      link: failedCount === 1 ? 'Look at it' : 'Look at them',
    },
  ]
}

function secretWarning({ hasSecret }: AroundMembers): readonly TroubleLine[] {
  if (hasSecret) return []
  return [
    {
      words: 'MEMBERFUL_WEBHOOK_SECRET is not set where this program runs.',
      reason: 'Whatever Memberful sends is refused: nobody can say that it is from there.',
      href: '#connect',
      link: 'How it is set',
    },
  ]
}

function eventWarnings({ health }: AroundMembers): readonly TroubleLine[] {
  const { lateCount, quietDays, activeCount, isEmpty } = health
  const late = {
    words: `${counted(lateCount, 'event waits', 'events wait')} for longer than ten minutes.`,
    reason: 'It looks as if nobody does the jobs.',
    href: admin.jobs,
    link: 'Look at the jobs',
  }
  const members = `${activeCount === 1 ? 'is' : 'are'} ${counted(activeCount, 'active member')}`
  const quiet = {
    words:
      quietDays === null
        ? `No event has ever come, though there ${members}.`
        : `No event has come for ${quietDays} days, though there ${members}.`,
    reason: 'Look at Memberful whether the webhook is on, and send a test event.',
    href: '#connect',
    link: 'How it is connected',
  }
  const isQuiet = quietDays !== null || (isEmpty && activeCount > 0)
  return [...failedEvents(health), ...(lateCount > 0 ? [late] : []), ...(isQuiet ? [quiet] : [])]
}

/** Of the link to Slack, and of who waits for it. */
export function linkWarnings({
  link,
  isUsed,
}: Pick<AroundMembers, 'link'> & { readonly isUsed: boolean }): readonly TroubleLine[] {
  if (!link || link.state === 'good' || (link.state === 'unset' && !isUsed)) return []
  const to = { href: admin.communitySettings, link: 'Change the link' }
  if (link.state === 'unset') {
    const words = 'There is no invite link to Slack yet: new members wait until there is one.'
    return [{ words, reason: null, ...to }]
  }
  const [words = '', ...rest] = linkWarning(link).split(/(?<=\.) /)
  return [{ words, reason: rest.join(' '), ...to }]
}

export function waitingWarning({
  waitingCount,
}: Pick<AroundMembers, 'waitingCount'>): readonly TroubleLine[] {
  if (waitingCount === 0) return []
  const words = `${counted(waitingCount, 'member is', 'members are')} not where members talk, because something could not be done.`
  return [{ words, reason: null, href: `${admin.members}?slack=trouble`, link: 'See who' }]
}
