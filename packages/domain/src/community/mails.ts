import { defineMail } from '@showrunner/mail'

interface ToMember {
  readonly name: string
}

export const memberWelcomeMail = defineMail<
  ToMember & { readonly signInUrl: string; readonly isInvited: boolean }
>({
  name: 'member_welcome',
  trigger: 'When somebody becomes a member, or is one again after they were gone.',
  recipient: 'The member',
  example: { name: 'Ada Byron', signInUrl: 'https://radio.example/in', isInvited: true },
  write: {
    en: ({ name, signInUrl, isInvited }, network) => ({
      subject: `You are a member of ${network}`,
      parts: [
        `Hello ${name}. Thank you for carrying ${network}.`,
        ...(isInvited
          ? [
              'Members talk with each other and with us in Slack. Your invitation comes in a mail of its own within minutes; if it does not, answer this one.',
            ]
          : []),
        'What is yours stands on your page here. There is no password: type the address this mail went to, and we mail you a link that signs you in.',
        { button: 'Sign in', url: signInUrl },
      ],
    }),
    de: ({ name, signInUrl, isInvited }, network) => ({
      subject: `Du bist Mitglied bei ${network}`,
      parts: [
        `Hallo ${name}. Danke, dass du ${network} trägst.`,
        ...(isInvited
          ? [
              'Mitglieder sprechen miteinander und mit uns in Slack. Deine Einladung kommt in wenigen Minuten in einer eigenen Mail; wenn nicht, antworte auf diese.',
            ]
          : []),
        'Was dir gehört, steht hier auf deiner Seite. Ein Passwort gibt es nicht: Gib die Adresse ein, an die diese Mail ging, und wir mailen dir einen Link, der dich anmeldet.',
        { button: 'Anmelden', url: signInUrl },
      ],
    }),
  },
})

export const communityInviteMail = defineMail<
  ToMember & { readonly email: string; readonly url: string }
>({
  name: 'community_invite',
  trigger: 'When a member is invited to Slack by the shared link.',
  recipient: 'The member',
  example: {
    name: 'Ada Byron',
    email: 'ada@example.com',
    url: 'https://join.slack.com/t/radio/shared_invite/zt-1',
  },
  write: {
    en: ({ name, email, url }, network) => ({
      subject: `Your invitation to the Slack of ${network}`,
      parts: [
        `Hello ${name}. Members of ${network} meet in Slack, and this link lets you in.`,
        { button: 'Join in Slack', url },
        `Use the address this mail went to, ${email}: it is how we know you there, and bring you to the members’ channels.`,
        { small: 'The link ends after some weeks. If it no longer works, answer this mail.' },
      ],
    }),
    de: ({ name, email, url }, network) => ({
      subject: `Deine Einladung in den Slack von ${network}`,
      parts: [
        `Hallo ${name}. Mitglieder von ${network} treffen sich in Slack, und dieser Link lässt dich hinein.`,
        { button: 'In Slack beitreten', url },
        `Nimm die Adresse, an die diese Mail ging, ${email}: An ihr erkennen wir dich dort und bringen dich in die Kanäle der Mitglieder.`,
        {
          small:
            'Der Link endet nach einigen Wochen. Wenn er nicht mehr gilt, antworte auf diese Mail.',
        },
      ],
    }),
  },
})

export const membershipEndedMail = defineMail<
  ToMember & {
    readonly endedOn: Date
    /** Whether they are in Slack, as far as anybody knows. */
    readonly isThere: boolean
    /** The last day in Slack; null when they are out already. */
    readonly staysUntil: Date | null
    /** The member's own: days are in it. */
    readonly zone: string
    readonly joinUrl: string
  }
>({
  name: 'membership_ended',
  trigger: 'When a membership has ended, unless they are a member again before the mail goes out.',
  recipient: 'Who was the member',
  example: {
    name: 'Ada Byron',
    endedOn: new Date('2026-11-20T09:00:00Z'),
    isThere: true,
    staysUntil: new Date('2026-11-27T09:00:00Z'),
    zone: 'UTC',
    joinUrl: 'https://radio.memberful.example',
  },
  write: {
    en: ({ name, endedOn, isThere, staysUntil, zone, joinUrl }, network) => ({
      subject: `Your membership of ${network} has ended`,
      parts: [
        `Hello ${name}. Your membership of ${network} ended on ${dayOf(endedOn, 'en-GB', zone)}. Thank you for the time you were a member.`,
        ...(isThere ? [ofSlack(staysUntil && dayOf(staysUntil, 'en-GB', zone))] : []),
        'Private feeds of yours have stopped, and say so in your podcast app. Their addresses stay yours.',
        'To come back, become a member again with the address this mail went to: everything is then as it was, by itself. If you did not mean to leave, look whether a payment failed.',
        { button: 'Become a member again', url: joinUrl },
        { small: 'If this is a mistake, answer this mail.' },
      ],
    }),
    de: ({ name, endedOn, isThere, staysUntil, zone, joinUrl }, network) => ({
      subject: `Deine Mitgliedschaft bei ${network} ist zu Ende`,
      parts: [
        `Hallo ${name}. Deine Mitgliedschaft bei ${network} endete am ${dayOf(endedOn, 'de', zone)}. Danke für die Zeit, in der du Mitglied warst.`,
        ...(isThere ? [vonSlack(staysUntil && dayOf(staysUntil, 'de', zone))] : []),
        'Deine privaten Feeds ruhen und sagen das in deiner Podcast-App. Ihre Adressen bleiben deine.',
        'Um zurückzukommen, werde wieder Mitglied mit der Adresse, an die diese Mail ging: Dann ist alles von selbst, wie es war. Wenn du nicht gehen wolltest, sieh nach, ob eine Zahlung nicht durchging.',
        { button: 'Wieder Mitglied werden', url: joinUrl },
        { small: 'Wenn das ein Irrtum ist, antworte auf diese Mail.' },
      ],
    }),
  },
})

function dayOf(date: Date, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(date)
}

function ofSlack(staysUntil: string | null): string {
  return staysUntil === null
    ? 'You are no longer in the members’ channels in Slack.'
    : `In Slack nothing changes before ${staysUntil}. If you are no member again by then, you leave the members’ channels on that day.`
}

function vonSlack(staysUntil: string | null): string {
  return staysUntil === null
    ? 'Du bist nicht mehr in den Kanälen der Mitglieder in Slack.'
    : `In Slack ändert sich vor dem ${staysUntil} nichts. Wenn du bis dahin nicht wieder Mitglied bist, verlässt du an dem Tag die Kanäle der Mitglieder.`
}

export const COMMUNITY_MAILS = [
  memberWelcomeMail,
  communityInviteMail,
  membershipEndedMail,
] as const
