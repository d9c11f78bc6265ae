import { from, type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { defineMail } from '@showrunner/mail'
import { z } from 'zod'
import { type Episode, EpisodeGuest } from '../episodes/index.ts'
import { aboutEpisode, type MailerParts, sendMail } from '../mailing/index.ts'

interface ThanksParts extends MailerParts {
  /** The address of an episode's page, in full. */
  readonly episodeAddress: (podcast: string, episode: string) => string
}

/** Lets each guest with an address know that the episode is out: once, however often it appears. */
export async function thankGuests(repo: Repo, { id }: Episode, asOf: Date): Promise<void> {
  const theirs = from(EpisodeGuest).where({ episodeId: id }).where('thankedAt', 'is', null)
  const guests = await repo.all(theirs.orderBy({ position: 'asc', id: 'asc' }).preload('person'))
  const mailed = guests.filter(({ person }) => person.email !== null)
  const guestIds = mailed.map((guest) => guest.id)
  await repo.updateAll(from(EpisodeGuest).where('id', 'in', guestIds), { thankedAt: asOf })
  for (const guestId of guestIds) await enqueue(repo, mailGuestThanks, { guestId })
}

export const mailGuestThanks = defineJob({
  name: 'mail_guest_thanks',
  args: z.object({ guestId: z.number().int() }),
  perform: sendThanks,
})

async function sendThanks(
  parts: ThanksParts,
  { guestId }: { readonly guestId: number },
): Promise<void> {
  const guest = await parts.repo.get(
    from(EpisodeGuest).preload('person', { episode: ['podcast'] }),
    guestId,
  )
  if (guest?.person.email == null) return
  const { person, episode } = guest
  const { podcast, title, slug } = episode
  const url = parts.episodeAddress(podcast.slug, slug)
  const props = { name: person.name, podcast: podcast.title, episode: title, url }
  await sendMail(parts, thanksMail, guest.person.email, props, { about: aboutEpisode(episode) })
}

export const thanksMail = defineMail<{
  readonly name: string
  readonly podcast: string
  readonly episode: string
  /** Of the page of the episode. */
  readonly url: string
}>({
  name: 'guest_thanks',
  trigger: 'When an episode is out for the first time, unless who published it said not to.',
  recipient: 'Each of its guests who has an address',
  example: {
    name: 'Ada Byron',
    podcast: 'Local Time',
    episode: 'Nobody owns the tide table',
    url: 'https://radio.example/local-time/nobody-owns-the-tide-table',
  },
  write: {
    en: ({ name, podcast, episode, url }) => ({
      subject: `You are heard: ${episode}`,
      parts: [
        `Hello ${name}. The episode of ${podcast} with you is out: ${episode}.`,
        { button: 'Listen', url },
        'Thank you for coming. Show it to whoever you like; and if something on its page is wrong, answer this mail.',
      ],
    }),
    de: ({ name, podcast, episode, url }) => ({
      subject: `Man hört dich: ${episode}`,
      parts: [
        `Hallo ${name}. Die Folge von ${podcast} mit dir ist da: ${episode}.`,
        { button: 'Anhören', url },
        'Danke, dass du gekommen bist. Zeig sie, wem du magst; und wenn auf ihrer Seite etwas falsch ist, antworte auf diese Mail.',
      ],
    }),
  },
})
