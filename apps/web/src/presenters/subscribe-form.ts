import { addresses } from '../addresses.ts'

/** The few fields that subscribe an address, on the page of what it is subscribed to. */
export interface SubscribeForm {
  readonly action: string
  readonly podcast: string
  /** Of whose transcript; empty for the podcast itself. */
  readonly episode: string
  readonly label: string
  readonly button: string
  readonly value: string
  readonly error: string | null
}

export function subscribeForm(podcast: string, episode?: string): SubscribeForm {
  return {
    action: addresses.subscribe,
    podcast,
    episode: episode ?? '',
    label: episode === undefined ? 'New episodes by mail' : 'Hear by mail once it can be read',
    button: episode === undefined ? 'Subscribe' : 'Let me know',
    value: '',
    error: null,
  }
}
