import { defineMail } from '@showrunner/mail'

interface OfItem {
  readonly headline: string
  readonly url: string
}

const EXAMPLE: OfItem = {
  headline: 'The harbour clock is right again',
  url: 'https://radio.example/news/the-harbour-clock-is-right-again-12',
}

export const newsAnsweredMail = defineMail<{
  readonly headline: string
  readonly isAccepted: boolean
  readonly answer: string
}>({
  name: 'news_answered',
  trigger:
    'When it is decided whether something that was sent in will be news, with a word about it.',
  recipient: 'Whoever sent it in',
  example: {
    headline: EXAMPLE.headline,
    isAccepted: true,
    answer: 'Thank you. It comes on Thursday.',
  },
  write: {
    en: ({ headline, isAccepted, answer }, network) => ({
      subject: isAccepted ? `It will be news: ${headline}` : `Not this time: ${headline}`,
      parts: [
        isAccepted
          ? `What you sent ${network}, “${headline}”, will be news there.`
          : `What you sent ${network}, “${headline}”, will not be news there. This is what was written about it:`,
        ...answer.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== ''),
      ],
    }),
    de: ({ headline, isAccepted, answer }, network) => ({
      subject: isAccepted ? `Es wird eine Nachricht: ${headline}` : `Diesmal nicht: ${headline}`,
      parts: [
        isAccepted
          ? `Was du ${network} geschickt hast, „${headline}“, wird dort eine Nachricht.`
          : `Was du ${network} geschickt hast, „${headline}“, wird dort keine Nachricht. Dazu wurde geschrieben:`,
        ...answer.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== ''),
      ],
    }),
  },
})

export const newsPublishedMail = defineMail<OfItem & { readonly as: 'submitter' | 'author' }>({
  name: 'news_published',
  trigger: 'When a news item is out for the first time.',
  recipient: 'Whoever sent it in, and whoever wrote what it points to',
  example: { ...EXAMPLE, as: 'submitter' },
  write: {
    en: ({ headline, url, as }, network) => ({
      subject: `It is news: ${headline}`,
      parts: [
        as === 'submitter'
          ? `What you sent in is news on ${network} now: “${headline}”. Thank you.`
          : `${network} tells its readers of something you made: “${headline}”.`,
        { button: 'See it', url },
      ],
    }),
    de: ({ headline, url, as }, network) => ({
      subject: `Es ist eine Nachricht: ${headline}`,
      parts: [
        as === 'submitter'
          ? `Was du geschickt hast, ist jetzt eine Nachricht bei ${network}: „${headline}“. Danke.`
          : `${network} erzählt von etwas, das du gemacht hast: „${headline}“.`,
        { button: 'Ansehen', url },
      ],
    }),
  },
})

export const NEWS_MAILS = [newsAnsweredMail, newsPublishedMail]
