import { type Message, type Subscription } from '@showrunner/pubsub'
import { reasonOf } from '../errors.ts'
import { type Sockets } from '../sockets.ts'
import { CLOSE } from '../outlet.ts'
import { GONE, NOTHING, WINDOW_MS, type Polled, type Poller } from './poll-session.ts'
import { type PollSessions } from './poll-sessions.ts'
import { type SessionAddress } from './session-token.ts'

/** How long another node may take to say that it has the session. */
const REACH_MS = 2000

/** What is asked of the node that has a session. */
interface Question {
  readonly kind: 'poll' | 'cancel' | 'post'
  readonly session: string
  /** Who asks, and which of its questions it is. */
  readonly node: string
  readonly transport: string
  readonly number: number
  readonly messages?: readonly (string | Uint8Array)[]
}

/** `waiting` says that the session is there, and that nothing is there for it yet. */
interface Reply {
  readonly kind: 'reply'
  readonly number: number
  readonly waiting: boolean
  readonly status: Polled['status']
  readonly messages: readonly string[]
}

interface Pending {
  readonly answer: (polled: Polled) => void
  until: number
}

/** The sessions that live on other nodes, so that a client may come to any of them. */
export class RemoteSessions {
  readonly #sockets: Sockets
  readonly #own: PollSessions
  readonly #transport: string
  readonly #pending = new Map<number, Pending>()
  readonly #subscription: Subscription
  #number = 0

  constructor(sockets: Sockets, own: PollSessions, transport: string) {
    this.#sockets = sockets
    this.#own = own
    this.#transport = transport
    this.#subscription = sockets.pubsub.subscribe(topicOf(transport), (message) => {
      this.#heard(message as unknown as Question | Reply).catch((error: unknown) =>
        sockets.log('error', `A poll that came by another node: ${reasonOf(error)}`),
      )
    })
  }

  /** Whether this node does not have it itself. */
  isElsewhere({ node, transport }: SessionAddress): boolean {
    return node !== this.#sockets.pubsub.node || transport !== this.#transport
  }

  /** What is given back takes it back. */
  poll(address: SessionAddress, answer: (polled: Polled) => void): () => void {
    const number = this.#ask(address, { kind: 'poll' }, answer)
    return () => {
      if (this.#pending.delete(number)) this.#send(address, { kind: 'cancel', number })
    }
  }

  /** Whether there was such a session. */
  async receive(address: SessionAddress, messages: readonly (string | Buffer)[]): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<Polled>()
    this.#ask(address, { kind: 'post', messages }, resolve)
    return (await promise).status !== GONE.status
  }

  /** A node that does not answer has gone, and its sessions with it. */
  sweep(now: number): void {
    for (const [number, { until, answer }] of this.#pending) {
      if (now < until) continue
      this.#pending.delete(number)
      answer(GONE)
    }
  }

  /** Polls that wait here for another node are asked to come again, to whatever node is left. */
  release(): void {
    for (const { answer } of this.#pending.values()) answer(NOTHING)
    this.#pending.clear()
  }

  close(): void {
    this.#subscription.unsubscribe()
  }

  #ask(
    address: SessionAddress,
    question: Pick<Question, 'kind' | 'messages'>,
    answer: (polled: Polled) => void,
  ): number {
    this.#number += 1
    const number = this.#number
    this.#pending.set(number, { answer, until: this.#sockets.time.now() + REACH_MS })
    this.#send(address, { ...question, number })
    return number
  }

  #send(
    { node, transport, id }: SessionAddress,
    question: Pick<Question, 'kind' | 'messages' | 'number'>,
  ): void {
    const asker = { node: this.#sockets.pubsub.node, transport: this.#transport }
    this.#direct(node, transport, { ...question, ...asker, session: id }).catch(() =>
      this.#replied({ kind: 'reply', waiting: false, number: question.number, ...GONE }),
    )
  }

  #replied({ number, waiting, status, messages }: Reply): void {
    const pending = this.#pending.get(number)
    if (!pending) return
    if (waiting) {
      pending.until = this.#sockets.time.now() + WINDOW_MS + REACH_MS
    } else {
      this.#pending.delete(number)
      pending.answer({ status, messages })
    }
  }

  /** Not while the pubsub is telling: what a channel broadcasts meanwhile would be told after what it answers. */
  async #heard(told: Question | Reply): Promise<void> {
    await Promise.resolve()
    if (told.kind === 'reply') this.#replied(told)
    else this.#asked(told)
  }

  #asked(question: Question): void {
    const { kind, session: id, node, number } = question
    const session = this.#own.of(id)
    if (kind === 'cancel') session?.cancel(nameOf(question))
    else if (!session) this.#reply(question, GONE)
    else if (kind === 'post') {
      const isThere = this.#own.receive(id, (question.messages ?? []).map(asReceived))
      this.#reply(question, isThere ? NOTHING : GONE)
    } else {
      let isAnswered = false
      const poller: Poller = {
        name: nameOf({ node, number }),
        answer: (polled) => {
          isAnswered = true
          this.#reply(question, polled)
        },
      }
      session.poll(poller)
      if (!isAnswered) this.#reply(question, NOTHING, true)
    }
  }

  /** Messages that did not reach the other node are lost, and a client is better off anew than with a gap. */
  #reply({ node, transport, number, session }: Question, polled: Polled, waiting = false): void {
    this.#direct(node, transport, { kind: 'reply', number, waiting, ...polled }).catch(
      (error: unknown) => {
        this.#sockets.log('warning', `A poll that came by "${node}": ${reasonOf(error)}`)
        this.#own.of(session)?.connection?.close(CLOSE.failed, '')
      },
    )
  }

  #direct(node: string, transport: string, message: Question | Reply): Promise<void> {
    return this.#sockets.pubsub.directBroadcast(
      node,
      topicOf(transport),
      message as unknown as Message,
    )
  }
}

const topicOf = (transport: string): string => `longpoll:${transport}`

const nameOf = ({ node, number }: Pick<Question, 'node' | 'number'>): string => `${node}/${number}`

function asReceived(message: string | Uint8Array): string | Buffer {
  return typeof message === 'string' ? message : Buffer.from(message)
}
