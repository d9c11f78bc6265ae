import { holdSocket } from '../live-page-socket.ts'
import { ChatForm } from './chat-form.ts'
import { ChatLog } from './chat-log.ts'
import { Crowd } from './crowd.ts'
import { Moderation } from './moderation.ts'
import { must } from './must.ts'
import { Reactions } from './reactions.ts'
import { type Me, type Settings } from '../../../src/channels/show-channel.ts'
import { showClient, type ShowClient } from './show-client.ts'
import { words } from './words.ts'

/** What happens beside a show, for as long as its page is shown. */
export class Room {
  readonly #element: HTMLElement
  readonly #channel: ShowClient
  readonly #crowd: Crowd
  readonly #reactions: Reactions
  readonly #log: ChatLog
  readonly #form: ChatForm
  readonly #moderation: Moderation
  #me: Me | null = null
  #settings: Settings = { chatEnabled: false, slowModeSeconds: 0, isOver: false }

  constructor(element: HTMLElement, signal: AbortSignal) {
    const chat = must(element, '.chat')
    const channel = showClient(element.dataset['topic'] ?? '')
    this.#element = element
    this.#channel = channel
    this.#crowd = new Crowd(must(element, '.crowd'), channel)
    this.#reactions = new Reactions(must(element, '.reactions'), channel)
    this.#log = new ChatLog(chat, (before) => this.#earlier(before), signal)
    this.#form = new ChatForm(chat, channel, signal)
    this.#moderation = new Moderation(chat, channel, signal)
    this.#listen()
  }

  enter(signal: AbortSignal): void {
    const release = holdSocket()
    signal.addEventListener('abort', () => {
      this.#channel.leave()
      release()
    })
    this.#join()
  }

  #listen(): void {
    const channel = this.#channel
    channel.on('said', (message) => {
      this.#log.add(message)
      this.#moderation.mark()
    })
    channel.on('deleted', ({ id }) => this.#log.remove(id))
    channel.on('muted', ({ personId, isMuted }) => {
      this.#moderation.muted(personId, isMuted)
      if (this.#me?.personId === personId) this.#is({ ...this.#me, isMuted })
    })
    channel.on('settings', (settings) => this.#holds(settings))
    channel.onError(() => this.#tell(words.lost))
  }

  #join(): void {
    this.#channel
      .join()
      .receive('ok', ({ messages, reactions, others, settings, me }) => {
        this.#log.moderates = me?.moderates ?? false
        this.#log.begin(messages)
        this.#reactions.count(reactions)
        this.#crowd.others(others)
        this.#moderation.begin(me)
        this.#me = me
        this.#holds(settings)
      })
      .receive('error', ({ reason }) =>
        this.#tell(reason === undefined ? words.noChatHere : words.refused(reason)),
      )
  }

  #earlier(before: number): void {
    this.#channel.push('earlier', { before }).receive('ok', ({ messages }) => {
      this.#log.addEarlier(messages)
      this.#moderation.mark()
    })
  }

  #is(me: Me): void {
    this.#me = me
    this.#draw()
  }

  #holds(settings: Settings): void {
    this.#settings = settings
    this.#moderation.settings = settings
    this.#reactions.isOver = settings.isOver
    this.#draw()
  }

  /** Who may write writes; anybody else is told why not, or how they may. */
  #draw(): void {
    const { chatEnabled, isOver } = this.#settings
    const isOpen = chatEnabled && !isOver
    this.#form.isOpen = isOpen && this.#me !== null && !this.#me.isMuted
    must(this.#element, '.sign-in').hidden = !isOpen || this.#me !== null
    this.#tell(this.#standing())
  }

  #standing(): string {
    const { chatEnabled, slowModeSeconds, isOver } = this.#settings
    if (isOver) return words.over
    if (!chatEnabled) return words.noChat
    if (this.#me?.isMuted) return words.readAlong
    if (slowModeSeconds > 0) return words.slow(slowModeSeconds)
    return ''
  }

  #tell(said: string): void {
    const state = must(this.#element, '.chat > .state')
    if (state.textContent !== said) state.textContent = said
  }
}
