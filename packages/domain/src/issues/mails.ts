import { defineMail, type Words } from '@showrunner/mail'
import { textWithAddresses, withFullAddresses } from '../markup/index.ts'

/** An issue as it is mailed: whole. */
export interface MailedIssue {
  readonly number: number
  readonly teaser: string | null
  readonly noteHtml: string | null
  readonly items: readonly {
    readonly headline: string
    readonly url: string
    readonly source: string | null
    readonly pictureUrl: string | null
    readonly storyHtml: string | null
  }[]
  readonly publicUrl: string
  readonly url: string
  /** Null for a test, which nobody subscribed to. */
  readonly unsubscribeUrl: string | null
}

export const issueMail = defineMail<MailedIssue>({
  name: 'newsletter_issue',
  trigger: 'When an issue of the newsletter is out; and as a test, when whoever works on it asks.',
  recipient: 'Whoever subscribed to the newsletter',
  example: {
    number: 12,
    teaser: 'A lock that is older than its river, and who oils it.',
    noteHtml: '<p>A short one this week: we were out on the water.</p>',
    items: [
      {
        headline: 'The lock keepers of the north',
        url: 'https://canals.example/keepers',
        source: 'The Canal Gazette',
        pictureUrl: null,
        storyHtml: '<p>Forty years at one gate.</p>',
      },
    ],
    publicUrl: 'https://radio.example',
    url: 'https://radio.example/news/issues/12',
    unsubscribeUrl: 'https://radio.example/unsubscribe/a-token',
  },
  write: {
    en: (issue, network) =>
      written(issue, {
        title: `Issue ${issue.number}`,
        test: 'Test',
        opening: `Issue ${issue.number} of the newsletter of ${network}.`,
        read: 'Read it on the site',
        why: `You subscribed to the newsletter of ${network}.`,
        end: 'Unsubscribe',
      }),
    de: (issue, network) =>
      written(issue, {
        title: `Ausgabe ${issue.number}`,
        test: 'Probe',
        opening: `Ausgabe ${issue.number} des Newsletters von ${network}.`,
        read: 'Auf der Website lesen',
        why: `Du hast den Newsletter von ${network} abonniert.`,
        end: 'Abbestellen',
      }),
  },
})

interface Said {
  readonly title: string
  readonly test: string
  readonly opening: string
  readonly read: string
  readonly why: string
  readonly end: string
}

function written(issue: MailedIssue, said: Said): Words {
  const { teaser, noteHtml, items, publicUrl, url, unsubscribeUrl } = issue
  const subject = teaser === null ? said.title : `${said.title}: ${teaser}`
  const parts = [
    said.opening,
    ...rich(noteHtml, publicUrl),
    ...items.flatMap((item) => itemParts(item, publicUrl)),
    { link: said.read, url },
  ]
  if (unsubscribeUrl === null) return { subject: `${said.test}: ${subject}`, parts }
  return {
    subject,
    parts: [...parts, { small: said.why }, { link: said.end, url: unsubscribeUrl }],
    unsubscribeUrl,
  }
}

function itemParts(
  { headline, url, source, pictureUrl, storyHtml }: MailedIssue['items'][number],
  publicUrl: string,
): Words['parts'] {
  return [
    { heading: headline, url },
    ...(source === null ? [] : [{ small: source }]),
    ...(pictureUrl === null ? [] : [{ picture: inFull(pictureUrl, publicUrl), alt: headline }]),
    ...rich(storyHtml, publicUrl),
  ]
}

function rich(html: string | null, publicUrl: string): Words['parts'] {
  if (html === null) return []
  const whole = withFullAddresses(html, publicUrl)
  // Sanitised when it was saved.
  return [{ html: whole, text: textWithAddresses(whole) }]
}

function inFull(address: string, publicUrl: string): string {
  return address.startsWith('/') ? `${publicUrl}${address}` : address
}

export const ISSUE_MAILS = [issueMail]
