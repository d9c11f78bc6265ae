import { type MemberFeedWithOwner } from '@showrunner/domain/member-feeds'
import { type OwnSubscription } from '@showrunner/domain/subscriptions'
import { addresses } from '../../addresses.ts'
import { counted } from '../names.ts'
import { whatOf } from '../member-feeds-page.ts'
import { en } from '../../words/index.ts'
import { type DeskList } from './person-desk.ts'

const { admin } = addresses
const MOST_SHOWN = 12

/** What somebody hears and reads here, for administrators. */
export interface OwnLists {
  readonly feeds: readonly MemberFeedWithOwner[]
  readonly subscriptions: readonly OwnSubscription[]
}

/** Their private feeds, and what they are mailed of. */
export function ownLists(
  { feeds, subscriptions }: OwnLists,
  { email }: { readonly email: string | null },
): readonly DeskList[] {
  const feedLines = feeds.map((feed) => ({
    title: feed.name,
    href: admin.memberFeed(feed.id),
    detail: whatOf(feed, en),
    badge: null,
  }))
  const subscriptionLines = subscriptions.map(({ podcast, episode, unsubscribedAt }) => ({
    ...(podcast
      ? {
          title: podcast.title,
          href: admin.subscriptionsLike(podcast.id, email ?? ''),
          detail: episode ? `The transcript of ${episode.title}` : 'Each new episode',
        }
      : {
          title: 'The newsletter',
          href: admin.newsReadersLike(email ?? ''),
          detail: 'Each issue',
        }),
    badge: unsubscribedAt === null ? null : ({ words: 'Ended', tone: 'quiet' } as const),
  }))
  return [
    { id: 'feeds', title: 'Private feeds', lines: feedLines },
    { id: 'subscriptions', title: 'Subscriptions by mail', lines: subscriptionLines },
  ]
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines, ...list }) => ({
      ...list,
      lines: lines.slice(0, MOST_SHOWN),
      more:
        lines.length > MOST_SHOWN
          ? `And ${counted(lines.length - MOST_SHOWN, 'more', 'more')}.`
          : null,
    }))
}
