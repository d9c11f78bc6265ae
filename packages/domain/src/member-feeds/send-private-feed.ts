import { build, change, from, type Repo } from '@showrunner/data'
import { type MailerParts, sendMail } from '../mailing/index.ts'
import { Person } from '../people/index.ts'
import { Podcast, visible } from '../podcasts/index.ts'
import { getSettings } from '../settings/index.ts'
import { feedsBackMail, privateFeedMail } from './mails.ts'
import { MemberFeed } from './member-feed.ts'
import { hasFeeds } from './owner.ts'
import { newAddress } from './token.ts'

export interface MemberFeedParts extends MailerParts {
  readonly clock: () => Date
  /** The address of the feed behind a token, in full. */
  readonly memberFeedAddress: (token: string) => string
  /** The page on which members look after their feeds, in full. */
  readonly memberFeedsPage: string
}

export interface PrivateFeedAsked {
  readonly personId: number
  /** Which of theirs; null for one that they are to have as a member. */
  readonly feedId: number | null
  /** Since when it is wanted: what was mailed since then is not mailed again. */
  readonly askedAt: string
}

/**
 * Mails somebody the address of a feed. It is made here, so that nothing but the mail ever holds it; and it is good only once
 * the mail is sent: a mail that fails has changed nothing.
 */
export async function sendPrivateFeed(
  parts: MemberFeedParts,
  { personId, feedId, askedAt }: PrivateFeedAsked,
): Promise<void> {
  const { repo } = parts
  const wantedAt = new Date(askedAt)
  await repo.transaction(async () => {
    const person = await repo.get(from(Person).lock('for update'), personId)
    if (person?.email == null || !(await hasFeeds(repo, person))) return
    const to: Member = { ...person, email: person.email }
    const theirs = await repo.all(from(MemberFeed).where({ personId }).orderBy({ id: 'asc' }))
    const asked = feedId === null ? theirs : theirs.filter(({ id }) => id === feedId)
    if (asked.some(({ mailedFor }) => mailedFor !== null && mailedFor >= wantedAt)) return

    if (feedId !== null) {
      for (const feed of asked) await mailNewAddress(parts, to, feed, wantedAt)
    } else if (theirs.length === 0) await mailFirstFeed(parts, to, wantedAt)
    else await mailBack(parts, to, wantedAt)
  })
}

type Member = Person & { readonly email: string }

async function mailFirstFeed(parts: MemberFeedParts, to: Member, wantedAt: Date): Promise<void> {
  const { repo, clock } = parts
  const { token, stored } = newAddress(clock())
  const feed = await repo.insertOrThrow(
    build(MemberFeed, {
      personId: to.id,
      mailedFor: wantedAt,
      ...(await firstFeed(repo)),
      ...stored,
    }),
  )
  await mailAddress(parts, to, feed, { token, isNew: true })
}

/** What a member has who has not made anything: all there is. */
async function firstFeed(repo: Repo): Promise<Pick<MemberFeed, 'name' | 'titleFormat'>> {
  const [{ title }, shows] = await Promise.all([
    getSettings(repo),
    repo.count(from(Podcast).pipe(visible)),
  ])
  return { name: `${title} for members`, titleFormat: shows > 1 ? '{podcast}: {title}' : null }
}

async function mailNewAddress(
  parts: MemberFeedParts,
  to: Member,
  feed: MemberFeed,
  wantedAt: Date,
): Promise<void> {
  const { token, stored } = newAddress(parts.clock())
  await parts.repo.updateOrThrow(change(feed, { ...stored, mailedFor: wantedAt }))
  await mailAddress(parts, to, feed, { token, isNew: false })
}

async function mailAddress(
  parts: MemberFeedParts,
  { email, name }: Member,
  { name: feed }: MemberFeed,
  { token, isNew }: { readonly token: string; readonly isNew: boolean },
): Promise<void> {
  const { memberFeedAddress, memberFeedsPage: feedsUrl } = parts
  const props = { name, feed, url: memberFeedAddress(token), feedsUrl, isNew }
  await sendMail(parts, privateFeedMail, email, props)
}

async function mailBack(parts: MemberFeedParts, to: Member, wantedAt: Date): Promise<void> {
  const { repo, memberFeedsPage: feedsUrl } = parts
  await repo.updateAll(from(MemberFeed).where({ personId: to.id }), { mailedFor: wantedAt })
  await sendMail(parts, feedsBackMail, to.email, { name: to.name, feedsUrl })
}
