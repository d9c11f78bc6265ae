import { createHash } from 'node:crypto'
import {
  belongsTo,
  build,
  from,
  schema,
  t,
  timestamps,
  type Repo,
  type Row,
} from '@showrunner/data'
import { CommunityAccount, type Turn } from './community-account.ts'

/** A mail in which the invite link went to somebody. */
export const CommunityInviteMail = schema(
  'community_invite_mails',
  {
    id: t.id(),
    accountId: t.reference().nullable(),
    round: t.integer(),
    /** Of the link, which nobody has to know. */
    linkDigest: t.string(),
    ...timestamps({ updatedAt: false }),
  },
  () => ({ account: belongsTo(CommunityAccount) }),
)
export type CommunityInviteMail = Row<typeof CommunityInviteMail>

const KEPT_MS = 400 * 24 * 60 * 60_000

/** Counts a mail before it is sent: one that is tried again is one mail. In the caller's transaction. */
export async function countInviteMail(
  repo: Repo,
  { accountId, round }: Turn,
  url: string,
): Promise<void> {
  const linkDigest = digestOf(url)
  await repo.insertOrThrow(build(CommunityInviteMail, { accountId, round, linkDigest }), {
    onConflict: { set: { linkDigest } },
    conflictTarget: ['accountId', 'round'],
  })
}

/** How many mails went out with this link. */
export async function inviteMailsWith(repo: Repo, url: string): Promise<number> {
  return repo.count(from(CommunityInviteMail).where({ linkDigest: digestOf(url) }))
}

/** Whether this very mail was counted for the link already. */
export async function isCounted(
  repo: Repo,
  { accountId, round }: Turn,
  url: string,
): Promise<boolean> {
  const linkDigest = digestOf(url)
  return repo.exists(from(CommunityInviteMail).where({ accountId, round, linkDigest }))
}

/** Mails of former links; those of the present one are what its uses are counted by. */
export async function removeOldInviteMails(
  repo: Repo,
  url: string | null,
  asOf: Date,
): Promise<void> {
  const before = new Date(asOf.getTime() - KEPT_MS)
  const old = from(CommunityInviteMail).where('insertedAt', '<', before)
  await repo.deleteAll(url === null ? old : old.where('linkDigest', '!=', digestOf(url)))
}

function digestOf(url: string): string {
  return createHash('sha256').update(url).digest('hex')
}
