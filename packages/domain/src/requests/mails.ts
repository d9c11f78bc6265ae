import { defineMail, type LetterPart } from '@showrunner/mail'

/** A mail to whoever asked for an episode. */
interface ToSubmitter {
  readonly name: string
  readonly podcast: string
  /** Of the page of their request. */
  readonly url: string
}

interface WithMessage extends ToSubmitter {
  /** What the podcast wrote. */
  readonly message: string
}

const EXAMPLE = {
  name: 'Ada Byron',
  podcast: 'Local Time',
  url: 'https://radio.example/request/a-token',
}

const ANSWER = 'Answer there, so that everybody who works on the podcast can read it.'

/** As it was written, a paragraph each. */
function paragraphs(message: string): readonly LetterPart[] {
  return message.split(/\n\s*\n/).map((paragraph) => paragraph.trim())
}

const ANTWORT = 'Antworte dort, damit alle es lesen können, die an dem Podcast arbeiten.'

// Nothing of what was typed stands in it: anybody can have it mailed to anybody.
export const confirmMail = defineMail<Omit<ToSubmitter, 'name'>>({
  name: 'request_confirm',
  trigger: 'When somebody who is not signed in asks for an episode.',
  recipient: 'The address that was given',
  example: EXAMPLE,
  write: {
    en: ({ podcast, url }, network) => ({
      subject: `Your request to ${podcast}`,
      parts: [
        `Somebody asked ${podcast} at ${network} for an episode, and gave this address. If it was you, say so, and the request is handed on.`,
        { button: 'Hand it on', url },
        'The same link shows you later what became of it. Without it the request is forgotten after three days.',
        { small: 'If it was not you, there is nothing to do.' },
      ],
    }),
    de: ({ podcast, url }, network) => ({
      subject: `Dein Wunsch an ${podcast}`,
      parts: [
        `Jemand hat sich von ${podcast} bei ${network} eine Folge gewünscht und diese Adresse angegeben. Wenn du das warst, sag es, und der Wunsch wird weitergegeben.`,
        { button: 'Weitergeben', url },
        'Derselbe Link zeigt dir später, was daraus wurde. Ohne ihn wird der Wunsch nach drei Tagen vergessen.',
        { small: 'Wenn du das nicht warst, ist nichts zu tun.' },
      ],
    }),
  },
})

export const receivedMail = defineMail<ToSubmitter>({
  name: 'request_received',
  trigger: 'When somebody who is signed in asks for an episode.',
  recipient: 'Whoever asked',
  example: EXAMPLE,
  write: {
    en: ({ name, podcast, url }) => ({
      subject: `Your request to ${podcast}`,
      parts: [
        `Hello ${name}. Thank you: ${podcast} has your request. You hear from us when there is something to say.`,
        { button: 'See your request', url },
      ],
    }),
    de: ({ name, podcast, url }) => ({
      subject: `Dein Wunsch an ${podcast}`,
      parts: [
        `Hallo ${name}. Danke: ${podcast} hat deinen Wunsch. Du hörst von uns, wenn es etwas zu sagen gibt.`,
        { button: 'Deinen Wunsch ansehen', url },
      ],
    }),
  },
})

export const messageMail = defineMail<WithMessage>({
  name: 'request_message',
  trigger: 'When a podcast writes to somebody about their request.',
  recipient: 'Whoever asked',
  example: { ...EXAMPLE, message: 'Would you talk about it yourself?\n\nWe record on Thursdays.' },
  write: {
    en: ({ name, podcast, url, message }) => ({
      subject: `About your request to ${podcast}`,
      parts: [
        `Hello ${name}. ${podcast} writes:`,
        ...paragraphs(message),
        { button: 'Answer', url },
        ANSWER,
      ],
    }),
    de: ({ name, podcast, url, message }) => ({
      subject: `Zu deinem Wunsch an ${podcast}`,
      parts: [
        `Hallo ${name}. ${podcast} schreibt:`,
        ...paragraphs(message),
        { button: 'Antworten', url },
        ANTWORT,
      ],
    }),
  },
})

export const acceptedMail = defineMail<WithMessage>({
  name: 'request_accepted',
  trigger: 'When a request is accepted, with a message.',
  recipient: 'Whoever asked',
  example: { ...EXAMPLE, message: 'What a good idea. We hope to record it in January.' },
  write: {
    en: ({ name, podcast, url, message }) => ({
      subject: `${podcast} makes your episode`,
      parts: [
        `Hello ${name}. ${podcast} wants to make the episode you asked for:`,
        ...paragraphs(message),
        { button: 'See your request', url },
        ANSWER,
      ],
    }),
    de: ({ name, podcast, url, message }) => ({
      subject: `${podcast} macht deine Folge`,
      parts: [
        `Hallo ${name}. ${podcast} will die Folge machen, die du dir gewünscht hast:`,
        ...paragraphs(message),
        { button: 'Deinen Wunsch ansehen', url },
        ANTWORT,
      ],
    }),
  },
})

export const declinedMail = defineMail<WithMessage>({
  name: 'request_declined',
  trigger: 'When a request is declined, with a message.',
  recipient: 'Whoever asked',
  example: { ...EXAMPLE, message: 'We talked about this in March, and have nothing to add yet.' },
  write: {
    en: ({ name, podcast, url, message }) => ({
      subject: `Your request to ${podcast}`,
      parts: [
        `Hello ${name}. ${podcast} will not make the episode you asked for, and says why:`,
        ...paragraphs(message),
        { button: 'See your request', url },
        'Thank you for asking.',
      ],
    }),
    de: ({ name, podcast, url, message }) => ({
      subject: `Dein Wunsch an ${podcast}`,
      parts: [
        `Hallo ${name}. ${podcast} wird die Folge, die du dir gewünscht hast, nicht machen und sagt, warum:`,
        ...paragraphs(message),
        { button: 'Deinen Wunsch ansehen', url },
        'Danke, dass du gefragt hast.',
      ],
    }),
  },
})

export const failedMail = defineMail<WithMessage>({
  name: 'request_failed',
  trigger: 'When an episode that was to be made could not be, with a message.',
  recipient: 'Whoever asked',
  example: { ...EXAMPLE, message: 'The guest we had in mind has moved abroad.' },
  write: {
    en: ({ name, podcast, url, message }) => ({
      subject: `Your request to ${podcast}`,
      parts: [
        `Hello ${name}. We tried, but the episode you asked for could not be made:`,
        ...paragraphs(message),
        { button: 'See your request', url },
        'Thank you for asking.',
      ],
    }),
    de: ({ name, podcast, url, message }) => ({
      subject: `Dein Wunsch an ${podcast}`,
      parts: [
        `Hallo ${name}. Wir haben es versucht, aber die Folge, die du dir gewünscht hast, ging nicht:`,
        ...paragraphs(message),
        { button: 'Deinen Wunsch ansehen', url },
        'Danke, dass du gefragt hast.',
      ],
    }),
  },
})

export const publishedMail = defineMail<
  Omit<ToSubmitter, 'url'> & { readonly episode: string; readonly episodeUrl: string }
>({
  name: 'request_published',
  trigger: 'When the episode that somebody asked for is out, unless they are heard in it.',
  recipient: 'Whoever asked',
  example: {
    ...EXAMPLE,
    episode: 'Nobody owns the tide table',
    episodeUrl: 'https://radio.example/local-time/nobody-owns-the-tide-table',
  },
  write: {
    en: ({ name, podcast, episode, episodeUrl }) => ({
      subject: `You asked, and here it is: ${episode}`,
      parts: [
        `Hello ${name}. You asked ${podcast} for an episode, and it is out: ${episode}.`,
        { button: 'Listen', url: episodeUrl },
        'Thank you for the idea.',
      ],
    }),
    de: ({ name, podcast, episode, episodeUrl }) => ({
      subject: `Du hast sie dir gewünscht, und hier ist sie: ${episode}`,
      parts: [
        `Hallo ${name}. Du hast dir von ${podcast} eine Folge gewünscht, und sie ist da: ${episode}.`,
        { button: 'Anhören', url: episodeUrl },
        'Danke für die Idee.',
      ],
    }),
  },
})

/** A mail to somebody who answers requests. */
interface ToHost {
  readonly name: string
  readonly podcast: string
  readonly submitter: string
  readonly words: string
  /** Of the request in the admin area. */
  readonly url: string
}

const DESK_EXAMPLE = {
  name: 'Grace Hopper',
  podcast: 'Local Time',
  submitter: 'Ada Byron',
  words: 'How do harbours agree on what time it is?',
  url: 'https://radio.example/admin/requests/1',
}

export const arrivedMail = defineMail<ToHost>({
  name: 'request_arrived',
  trigger: 'When a podcast is asked for an episode.',
  recipient: 'Its hosts who may work on it',
  example: DESK_EXAMPLE,
  write: {
    en: ({ name, podcast, submitter, words, url }) => ({
      subject: `A request for ${podcast}`,
      parts: [
        `Hello ${name}. ${submitter} asks ${podcast} for an episode:`,
        ...paragraphs(words),
        { button: 'Open the request', url },
      ],
    }),
  },
})

export const answeredMail = defineMail<ToHost>({
  name: 'request_answered',
  trigger: 'When somebody writes on the page of their request.',
  recipient: 'The podcast’s hosts who may work on it',
  example: { ...DESK_EXAMPLE, words: 'Yes, gladly. Thursdays are good.' },
  write: {
    en: ({ name, podcast, submitter, words, url }) => ({
      subject: `${submitter} answers about their request for ${podcast}`,
      parts: [
        `Hello ${name}. ${submitter} writes:`,
        ...paragraphs(words),
        { button: 'Open the request', url },
      ],
    }),
  },
})

export const REQUEST_MAILS = [
  confirmMail,
  receivedMail,
  messageMail,
  acceptedMail,
  declinedMail,
  failedMail,
  publishedMail,
  arrivedMail,
  answeredMail,
] as const
