import { from, type Repo } from '@showrunner/data'
import { AddressRefusedError } from '@showrunner/mail'
import { newToken, tokenHash } from '../accounts/index.ts'
import { isOut } from '../episodes/index.ts'
import { aboutEpisode, aboutPodcast, type MailerParts, sendMail } from '../mailing/index.ts'
import { episodeMail, subscribeMail, transcriptMail } from './mails.ts'
import { SubscriptionMail } from './subscription-mail.ts'
import { UnconfirmedSubscription } from './unconfirmed-subscription.ts'
import { stopMailing, unsubscribeToken } from './unsubscribe.ts'

export interface SubscriptionParts extends MailerParts {
  readonly clock: () => Date
  /** The address of the page that begins a subscription, in full. */
  readonly subscribeAddress: (token: string) => string
  /** The address that ends one, in full. */
  readonly unsubscribeAddress: (token: string) => string
  /** The address of an episode's page, in full. */
  readonly episodeAddress: (podcast: string, episode: string) => string
}

/** Mails the link that confirms. Only its hash is kept, so each mail makes its own, and the last one counts. */
export async function sendConfirmation(parts: SubscriptionParts, id: number): Promise<void> {
  const { repo } = parts
  const waiting = from(UnconfirmedSubscription).where('expiresAt', '>', parts.clock())
  const kept = await repo.get(waiting.preload('podcast', 'episode'), id)
  if (!kept) return
  const token = newToken()
  await repo.updateAll(from(UnconfirmedSubscription).where({ id }), { tokenHash: tokenHash(token) })
  const { podcast, episode } = kept
  const props = {
    podcast: podcast?.title ?? null,
    episode: episode?.title ?? null,
    url: parts.subscribeAddress(token),
  }
  const about = podcast ? aboutPodcast(podcast) : undefined
  await sendMail(parts, subscribeMail, kept.email, props, { about })
}

/** Mails somebody of an episode, or of its transcript, unless they were, have unsubscribed, or it is gone again. */
export async function sendSubscriptionMail(parts: SubscriptionParts, id: number): Promise<void> {
  const { repo, clock, episodeAddress, unsubscribeAddress } = parts
  const found = await findMail(repo, id)
  if (!found || found.sentAt) return
  const { subscription, episode } = found
  const { person, podcast } = subscription
  if (!podcast) return
  if (subscription.unsubscribedAt || person.email === null || !isOut(episode, clock())) return

  const isOfTranscript = subscription.episodeId !== null
  const url = episodeAddress(podcast.slug, episode.slug)
  const props = {
    podcast: podcast.title,
    episode: episode.title,
    summary: episode.subtitle,
    url: isOfTranscript ? `${url}#transcript` : url,
    unsubscribeUrl: unsubscribeAddress(await unsubscribeToken(repo, subscription)),
  }
  const about = aboutEpisode(episode)
  const kind = isOfTranscript ? transcriptMail : episodeMail
  try {
    await sendMail(parts, kind, person.email, props, { id: `subscription-${id}`, about })
  } catch (error) {
    if (!(error instanceof AddressRefusedError)) throw error
    return stopMailing(repo, subscription, error.said, clock())
  }
  await repo.updateAll(from(SubscriptionMail).where({ id }), { sentAt: clock() })
}

async function findMail(repo: Repo, id: number) {
  return repo.get(
    from(SubscriptionMail).preload('episode', { subscription: ['person', 'podcast'] }),
    id,
  )
}
