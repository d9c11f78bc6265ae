import { defineMail, type Words } from '@showrunner/mail'

interface OfEpisode {
  readonly podcast: string
  readonly episode: string
  /** What its page says below its title. */
  readonly summary: string | null
  readonly url: string
  readonly unsubscribeUrl: string
}

const EXAMPLE: OfEpisode = {
  podcast: 'Local Time',
  episode: 'Nobody owns the tide table',
  summary: 'Who decides when high water is, and who may print it.',
  url: 'https://radio.example/local-time/nobody-owns-the-tide-table',
  unsubscribeUrl: 'https://radio.example/unsubscribe/a-token',
}

// Nothing of what was typed stands in it: anybody can have it mailed to anybody.
export const subscribeMail = defineMail<{
  /** Null for the newsletter. */
  readonly podcast: string | null
  /** Of which the transcript is wanted; null for the podcast itself. */
  readonly episode: string | null
  readonly url: string
}>({
  name: 'subscription_confirm',
  trigger:
    'When somebody asks for mails of a podcast, of a transcript, or of the newsletter, for an address.',
  recipient: 'The address that was given',
  example: { podcast: 'Local Time', episode: null, url: 'https://radio.example/subscribe/a-token' },
  write: {
    en: ({ podcast, episode, url }, network) => ({
      subject: asked(podcast, episode, {
        newsletter: `The newsletter of ${network}`,
        podcast: (title) => `Mails of ${title}`,
        transcript: (title) => `The transcript of ${title}`,
      }),
      parts: [
        asked(podcast, episode, {
          newsletter: `Somebody asked ${network} to mail this address each issue of its newsletter. If it was you, say so.`,
          podcast: (title) =>
            `Somebody asked ${network} to mail this address whenever ${title} has a new episode. If it was you, say so.`,
          transcript: (title) =>
            `Somebody asked ${network} to mail this address once there is a transcript of “${title}”. If it was you, say so.`,
        }),
        { button: 'Yes, mail me', url },
        'The link works for three days.',
        { small: 'If it was not you, there is nothing to do: nothing more comes.' },
      ],
    }),
    de: ({ podcast, episode, url }, network) => ({
      subject: asked(podcast, episode, {
        newsletter: `Der Newsletter von ${network}`,
        podcast: (title) => `Mails von ${title}`,
        transcript: (title) => `Das Transkript von ${title}`,
      }),
      parts: [
        asked(podcast, episode, {
          newsletter: `Jemand hat ${network} gebeten, an diese Adresse jede Ausgabe des Newsletters zu mailen. Wenn du das warst, sag es.`,
          podcast: (title) =>
            `Jemand hat ${network} gebeten, an diese Adresse zu mailen, wann immer ${title} eine neue Folge hat. Wenn du das warst, sag es.`,
          transcript: (title) =>
            `Jemand hat ${network} gebeten, an diese Adresse zu mailen, sobald es ein Transkript von „${title}“ gibt. Wenn du das warst, sag es.`,
        }),
        { button: 'Ja, mailt mir', url },
        'Der Link gilt drei Tage.',
        { small: 'Wenn du das nicht warst, ist nichts zu tun: Es kommt nichts mehr.' },
      ],
    }),
  },
})

export const episodeMail = defineMail<OfEpisode>({
  name: 'subscription_episode',
  trigger: 'When an episode is out for the first time.',
  recipient: 'Whoever subscribed to its podcast',
  example: EXAMPLE,
  write: {
    en: (props) => ({
      subject: `${props.podcast}: ${props.episode}`,
      parts: [
        `There is a new episode of ${props.podcast}: ${props.episode}.`,
        ...(props.summary === null ? [] : [props.summary]),
        { button: 'Listen', url: props.url },
        ...ending(props, `You asked to hear of new episodes of ${props.podcast}.`),
      ],
      unsubscribeUrl: props.unsubscribeUrl,
    }),
    de: (props) => ({
      subject: `${props.podcast}: ${props.episode}`,
      parts: [
        `Es gibt eine neue Folge von ${props.podcast}: ${props.episode}.`,
        ...(props.summary === null ? [] : [props.summary]),
        { button: 'Anhören', url: props.url },
        { small: `Du wolltest von neuen Folgen von ${props.podcast} hören.` },
        { link: 'Abbestellen', url: props.unsubscribeUrl },
      ],
      unsubscribeUrl: props.unsubscribeUrl,
    }),
  },
})

export const transcriptMail = defineMail<OfEpisode>({
  name: 'subscription_transcript',
  trigger: 'When an episode has its first transcript.',
  recipient: 'Whoever asked to hear of that',
  example: EXAMPLE,
  write: {
    en: (props) => ({
      subject: `The transcript of ${props.episode}`,
      parts: [
        `“${props.episode}”, an episode of ${props.podcast}, can be read now.`,
        { button: 'Read', url: props.url },
        ...ending(props, 'You asked to hear of this one transcript; no more mails of it come.'),
      ],
      unsubscribeUrl: props.unsubscribeUrl,
    }),
    de: (props) => ({
      subject: `Das Transkript von ${props.episode}`,
      parts: [
        `„${props.episode}“, eine Folge von ${props.podcast}, kann man jetzt lesen.`,
        { button: 'Lesen', url: props.url },
        { small: 'Du wolltest von diesem einen Transkript hören; mehr Mails dazu kommen nicht.' },
        { link: 'Abbestellen', url: props.unsubscribeUrl },
      ],
      unsubscribeUrl: props.unsubscribeUrl,
    }),
  },
})

interface ByWhat {
  readonly newsletter: string
  readonly podcast: (title: string) => string
  readonly transcript: (title: string) => string
}

function asked(podcast: string | null, episode: string | null, words: ByWhat): string {
  if (episode !== null) return words.transcript(episode)
  return podcast === null ? words.newsletter : words.podcast(podcast)
}

function ending({ unsubscribeUrl }: OfEpisode, why: string): Words['parts'] {
  return [{ small: why }, { link: 'Unsubscribe', url: unsubscribeUrl }]
}

export const SUBSCRIPTION_MAILS = [subscribeMail, episodeMail, transcriptMail]
