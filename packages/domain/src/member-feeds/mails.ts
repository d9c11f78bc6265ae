import { defineMail } from '@showrunner/mail'

interface ToMember {
  readonly name: string
  /** Of the page with all of their feeds. */
  readonly feedsUrl: string
}

const YOURS =
  'The address is yours alone: whoever has it hears what you hear. If it gets about, make another on the page of your feeds, and this one stops.'

export const privateFeedMail = defineMail<
  ToMember & { readonly feed: string; readonly url: string; readonly isNew: boolean }
>({
  name: 'private_feed',
  trigger:
    'When somebody becomes a member, and when an administrator gave a feed of theirs another address.',
  recipient: 'The member',
  example: {
    name: 'Ada Byron',
    feed: 'Longshed for members',
    url: 'https://radio.example/members/a-token/feed',
    feedsUrl: 'https://radio.example/~/feeds',
    isNew: true,
  },
  write: ({ name, feed, url, feedsUrl, isNew }, network) => ({
    subject: isNew ? `Your private feed of ${network}` : `A new address for “${feed}”`,
    parts: [
      isNew
        ? `Hello ${name}. As a member of ${network} you have a feed of your own, with the recordings for members where there are any.`
        : `Hello ${name}. Your private feed “${feed}” has a new address; the old one has stopped. Please add it to your podcast app again.`,
      'Copy this address, and in your podcast app add a show by its address:',
      url,
      YOURS,
      { button: 'Your feeds', url: feedsUrl },
      {
        small:
          'We keep no copy of the address, so nobody can read it to you. Keep this mail, or make another.',
      },
    ],
  }),
})

export const feedsBackMail = defineMail<ToMember>({
  name: 'private_feeds_back',
  trigger: 'When somebody is a member again who has private feeds from before.',
  recipient: 'The member',
  example: { name: 'Ada Byron', feedsUrl: 'https://radio.example/~/feeds' },
  write: ({ name, feedsUrl }, network) => ({
    subject: `Your private feeds of ${network} play again`,
    parts: [
      `Hello ${name}. Good to have you back. Your private feeds are at the addresses they had: your podcast app finds everything again by itself.`,
      'If you have none of the addresses any more, make another on the page of your feeds.',
      { button: 'Your feeds', url: feedsUrl },
    ],
  }),
})

export const MEMBER_FEED_MAILS = [privateFeedMail, feedsBackMail] as const
