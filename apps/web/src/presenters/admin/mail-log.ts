import { type Account } from '@showrunner/domain/accounts'
import {
  KEPT_DAYS,
  type LoggedMail,
  type MailCount,
  type MailPage,
  type Outcome,
  OUTCOMES,
} from '@showrunner/domain/mailing'
import { addresses } from '../../addresses.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { subjectHref } from './activity-words.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Tab, type Tone } from './list-page.ts'
import { localMoment, type LocalWords } from './local-moment.ts'

const { admin } = addresses

/** What was mailed, the newest first. */
export interface MailLogPage extends AdminPage {
  readonly intro: string
  readonly tabs: readonly Tab[]
  readonly mails: readonly MailLine[]
  readonly empty: string
  readonly olderHref: string | null
  readonly newestHref: string | null
}

export interface MailLine {
  /** `Guest thanks` */
  readonly kind: string
  /** Who got it, for administrators. */
  readonly to: { readonly address: string; readonly href: string | null } | null
  readonly about: { readonly title: string; readonly href: string | null } | null
  readonly at: LocalWords
  readonly badge: { readonly words: string; readonly tone: Tone }
  /** What the mail server said, or how often it was tried. */
  readonly said: string | null
}

const BADGES: Readonly<Record<Outcome, MailLine['badge']>> = {
  accepted: { words: 'Sent', tone: 'good' },
  refused: { words: 'Refused', tone: 'bad' },
  retrying: { words: 'To be tried again', tone: 'waiting' },
  'given up': { words: 'Given up', tone: 'bad' },
}

export interface MailLogAsked {
  /** Of what is listed, without a question mark. */
  readonly address: string
  readonly outcome?: Outcome | undefined
  readonly before?: number | undefined
}

export function mailLogPage(
  frame: AdminFrame,
  actor: Account,
  { mails, next }: MailPage,
  { address, outcome, before }: MailLogAsked,
): MailLogPage {
  const hrefOf = (asked: { readonly outcome?: Outcome | undefined; readonly before?: number }) => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(asked))
      if (value !== undefined) search.set(name, String(value))
    return search.size === 0 ? address : `${address}?${search.toString()}`
  }
  const tab = (label: string, one: Outcome | undefined): Tab => ({
    label,
    href: hrefOf({ outcome: one }),
    count: null,
    isHere: outcome === one,
  })
  return {
    frame,
    intro: `What was handed to the mail server, and what it said. Rows go after ${KEPT_DAYS} days.`,
    tabs: [tab('All', undefined), ...OUTCOMES.map((one) => tab(BADGES[one].words, one))],
    mails: mailLines(actor, mails),
    empty: outcome === undefined ? 'Nothing was mailed yet.' : 'No mail came to this.',
    olderHref: next === undefined ? null : hrefOf({ outcome, before: next }),
    newestHref: before === undefined ? null : hrefOf({ outcome }),
  }
}

export function mailLines(actor: Account, mails: readonly LoggedMail[]): readonly MailLine[] {
  const zone = zoneOf(actor)
  return mails.map((mail) => ({
    kind: kindWords(mail.kind),
    to: actor.isAdmin
      ? {
          address: mail.toAddress,
          href: mail.personId === null ? null : admin.person(mail.personId),
        }
      : null,
    about:
      mail.subjectTitle === null ? null : { title: mail.subjectTitle, href: subjectHref(mail) },
    at: localMoment(mail.at, zone),
    badge: BADGES[mail.outcome],
    said: saidOf(mail),
  }))
}

function saidOf({ said, tries }: LoggedMail): string | null {
  const often = tries > 1 ? `at the ${tries}${ordinal(tries)} try` : null
  return [often, said].filter((one) => one !== null).join(': ') || null
}

function ordinal(count: number): string {
  return { 2: 'nd', 3: 'rd' }[count] ?? 'th'
}

/** `guest_thanks` as `Guest thanks`. */
function kindWords(kind: string): string {
  const words = kind.replaceAll('_', ' ')
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`
}

/** How many mails of each kind were about one thing. */
export interface MailCounts {
  readonly rows: readonly { readonly kind: string; readonly cells: readonly string[] }[]
  readonly days: number
}

export function mailCounts(counts: readonly MailCount[]): MailCounts {
  return {
    rows: counts.map((one) => ({
      kind: kindWords(one.kind),
      cells: [one.accepted, one.refused, one['given up'], one.retrying].map((count) =>
        count.toLocaleString('en'),
      ),
    })),
    days: KEPT_DAYS,
  }
}
