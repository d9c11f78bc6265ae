import { from, type Query, type Repo, sql } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { LoggedMail, type Outcome, OUTCOMES } from './logged-mail.ts'

type Mails<Spec> = Query<typeof LoggedMail, Spec>

export interface MailFilter {
  readonly personId?: number | undefined
  readonly outcome?: Outcome | undefined
  /** The last one of the page before: what comes after it is older. */
  readonly before?: number | undefined
  readonly limit?: number | undefined
}

export interface MailPage {
  readonly mails: readonly LoggedMail[]
  /** Where the next page begins, if there is one. */
  readonly next: number | undefined
}

const PAGE = 50

/** What a podcast writes to somebody in its own name. Who subscribed to it is not for its hosts to know. */
const OF_HOSTS = [
  'guest_thanks',
  'request_accepted',
  'request_answered',
  'request_arrived',
  'request_declined',
  'request_failed',
  'request_message',
  'request_published',
  'request_received',
]

/** What somebody may read of what was mailed: administrators all of it, hosts what their podcasts wrote themselves. */
function visibleTo<Spec>(actor: Actor, mails: Mails<Spec>): Mails<Spec> {
  if (actor.isAdmin) return mails
  return mails.where('podcastId', 'in', actor.hostOf).where('kind', 'in', OF_HOSTS)
}

/** A page of what was mailed, the newest first. */
export async function listMails(
  repo: Repo,
  actor: Actor,
  { personId, outcome, before, limit = PAGE }: MailFilter = {},
): Promise<MailPage> {
  let found = visibleTo(actor, from(LoggedMail))
  if (personId !== undefined) found = found.where({ personId })
  if (outcome !== undefined) found = found.where({ outcome })
  const last = before === undefined ? undefined : await repo.get(LoggedMail, before)
  if (last) found = found.where(['at', 'id'], '<', [last.at, last.id])
  const rows = await repo.all(found.orderBy({ at: 'desc', id: 'desc' }).limit(limit + 1))
  const mails = rows.slice(0, limit)
  return { mails, next: rows.length > limit ? mails.at(-1)?.id : undefined }
}

/** How many mails of a kind came to what. */
export type MailCount = { readonly kind: string } & Readonly<Record<Outcome, number>>

/** What was mailed of one thing, by kind: for who sees it. */
export async function countMails(
  repo: Repo,
  subject: { readonly type: string; readonly id: number },
): Promise<readonly MailCount[]> {
  const rows = await repo.unscoped().run(
    sql<{ kind: string; outcome: Outcome; mails: number }>`
      select kind, outcome, count(*)::int as mails from logged_mails
      where subject_type = ${subject.type} and subject_id = ${subject.id} group by 1, 2 order by 1`,
  )
  const none = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]))
  return [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, counts]) => ({
    kind,
    // Every outcome is in `none`.
    ...(none as Record<Outcome, number>),
    ...Object.fromEntries(counts.map(({ outcome, mails }) => [outcome, mails])),
  }))
}
