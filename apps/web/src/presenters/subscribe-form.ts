import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'

/** The few fields that subscribe an address, on the page of what it is subscribed to. */
export interface SubscribeForm {
  readonly action: string
  /** Empty for the newsletter. */
  readonly podcast: string
  /** Of whose transcript; empty for the podcast itself. */
  readonly episode: string
  readonly label: string
  readonly button: string
  readonly value: string
  readonly error: string | null
}

export function newsletterForm({ subscription }: Words): SubscribeForm {
  return {
    action: addresses.subscribe,
    podcast: '',
    episode: '',
    label: subscription.newsletterByMail,
    button: subscription.subscribe,
    value: '',
    error: null,
  }
}

export function subscribeForm(
  { subscription }: Words,
  podcast: string,
  episode?: string,
): SubscribeForm {
  return {
    action: addresses.subscribe,
    podcast,
    episode: episode ?? '',
    label: episode === undefined ? subscription.newEpisodes : subscription.hearByMail,
    button: episode === undefined ? subscription.subscribe : subscription.letMeKnow,
    value: '',
    error: null,
  }
}
