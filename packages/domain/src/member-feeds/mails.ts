import { defineMail } from '@showrunner/mail'

interface ToMember {
  readonly name: string
  /** Of the page with all of their feeds. */
  readonly feedsUrl: string
}

const YOURS =
  'The address is yours alone: whoever has it hears what you hear. If it gets about, make another on the page of your feeds, and this one stops.'

const DEINE =
  'Die Adresse gehört dir allein: Wer sie hat, hört, was du hörst. Wenn sie die Runde macht, leg auf der Seite deiner Feeds eine andere an, und diese gilt nicht mehr.'

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
  write: {
    en: ({ name, feed, url, feedsUrl, isNew }, network) => ({
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
    de: ({ name, feed, url, feedsUrl, isNew }, network) => ({
      subject: isNew ? `Dein privater Feed von ${network}` : `Eine neue Adresse für „${feed}“`,
      parts: [
        isNew
          ? `Hallo ${name}. Als Mitglied von ${network} hast du einen eigenen Feed, mit den Aufnahmen für Mitglieder, wo es welche gibt.`
          : `Hallo ${name}. Dein privater Feed „${feed}“ hat eine neue Adresse; die alte gilt nicht mehr. Bitte gib ihn deiner Podcast-App noch einmal.`,
        'Kopiere diese Adresse, und füge in deiner Podcast-App einen Podcast über seine Adresse hinzu:',
        url,
        DEINE,
        { button: 'Deine Feeds', url: feedsUrl },
        {
          small:
            'Wir behalten keine Kopie der Adresse, darum kann sie dir niemand vorlesen. Heb diese Mail auf, oder leg eine andere an.',
        },
      ],
    }),
  },
})

export const feedsBackMail = defineMail<ToMember>({
  name: 'private_feeds_back',
  trigger: 'When somebody is a member again who has private feeds from before.',
  recipient: 'The member',
  example: { name: 'Ada Byron', feedsUrl: 'https://radio.example/~/feeds' },
  write: {
    en: ({ name, feedsUrl }, network) => ({
      subject: `Your private feeds of ${network} play again`,
      parts: [
        `Hello ${name}. Good to have you back. Your private feeds are at the addresses they had: your podcast app finds everything again by itself.`,
        'If you have none of the addresses any more, make another on the page of your feeds.',
        { button: 'Your feeds', url: feedsUrl },
      ],
    }),
    de: ({ name, feedsUrl }, network) => ({
      subject: `Deine privaten Feeds von ${network} spielen wieder`,
      parts: [
        `Hallo ${name}. Schön, dass du wieder da bist. Deine privaten Feeds sind unter den Adressen, die sie hatten: Deine Podcast-App findet alles von selbst wieder.`,
        'Wenn du keine der Adressen mehr hast, leg auf der Seite deiner Feeds eine andere an.',
        { button: 'Deine Feeds', url: feedsUrl },
      ],
    }),
  },
})

export const MEMBER_FEED_MAILS = [privateFeedMail, feedsBackMail] as const
