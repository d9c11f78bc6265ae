import { type Log, type PubSub, type Subscription } from '@showrunner/pubsub'
import { reasonOf } from '../errors.ts'
import { type Answer, type Question, type SharedRing } from './shared-ring.ts'

const TOPIC = 'phx_replay'

type Wire =
  | readonly ['ask', node: string, topic: string, Question]
  | readonly ['answer', topic: string, Answer]

export interface ExchangeParts {
  readonly pubsub: PubSub
  readonly log: Log
  readonly ringOf: (topic: string) => SharedRing | undefined
}

/** How the nodes ask each other for what they keep. */
export class Exchange {
  readonly #parts: ExchangeParts
  readonly #subscription: Subscription

  constructor(parts: ExchangeParts) {
    this.#parts = parts
    this.#subscription = parts.pubsub.subscribe(TOPIC, (message) => this.#told(message as Wire))
  }

  /** Done when questions and answers reach this node. */
  get ready(): Promise<void> {
    return this.#subscription.ready
  }

  ask(topic: string, question: Question): void {
    const { pubsub } = this.#parts
    const wire: Wire = ['ask', pubsub.node, topic, question]
    this.#sent(pubsub.broadcastFrom(this.#subscription, TOPIC, wire))
  }

  end(): void {
    this.#subscription.unsubscribe()
  }

  #told(wire: Wire): void {
    const { pubsub, ringOf } = this.#parts
    if (wire[0] === 'answer') return ringOf(wire[1])?.answered(wire[2])
    const [, node, topic, question] = wire
    const answer = ringOf(topic)?.asked(question)
    if (!answer) return undefined
    const back: Wire = ['answer', topic, answer]
    return this.#sent(pubsub.directBroadcast(node, TOPIC, back))
  }

  #sent(sending: Promise<void>): void {
    sending.catch((error: unknown) => this.#parts.log('warning', reasonOf(error)))
  }
}
