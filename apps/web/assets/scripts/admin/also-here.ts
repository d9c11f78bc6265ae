import { type ClientChannel } from '@showrunner/channels/client'
import { Presence } from 'phoenix'
import { type EditingChannel } from '../../../src/channels/editing-channel.ts'
import { liveChannel } from '../live-page-socket.ts'

/** Says who else has this page open: `Ada is here too`. It is empty while nobody has. */
export class AlsoHere extends HTMLElement {
  #channel: ClientChannel<typeof EditingChannel> | undefined

  connectedCallback(): void {
    const { topic } = this.dataset
    if (topic === undefined || document.documentElement.hasAttribute('data-turbo-preview')) return
    const channel = liveChannel<typeof EditingChannel>(topic, {})
    const presence = new Presence(channel)
    presence.onSync(() => this.#show(namesOf(presence, this.dataset['own'])))
    // Whoever is not let in is signed out, or may not edit it any more.
    channel.join().receive('error', () => this.#leave())
    channel.onError(() => this.#show([]))
    this.#channel = channel
  }

  disconnectedCallback(): void {
    this.#leave()
  }

  #leave(): void {
    this.#channel?.leave()
    this.#channel = undefined
    this.#show([])
  }

  #show(names: readonly string[]): void {
    const text = inWords(names)
    if (this.textContent !== text) this.textContent = text
  }
}

function namesOf(presence: Presence, own: string | undefined): readonly string[] {
  return presence
    .list((id: string, { metas: [first] }: { metas: { name?: string }[] }) => ({
      id,
      name: first?.name ?? '',
    }))
    .filter(({ id }) => id !== own)
    .map(({ name }) => name)
}

function inWords(names: readonly string[]): string {
  if (names.length === 0) return ''
  const all = new Intl.ListFormat('en').format(names)
  return `${all} ${names.length === 1 ? 'is' : 'are'} here too.`
}
