import { type Channel, type ChannelDefinition } from './channel.ts'
import { topicMatches, type Declaration, type Incoming } from './declaration.ts'
import { ChannelError } from './errors.ts'
import { type Payload } from './serializers/message.ts'

/** An event that clients push, and who handles it. */
export interface Handled extends Incoming {
  readonly handler: (payload: unknown, channel: Channel) => unknown
}

export type Intercept = (payload: Payload, channel: Channel) => unknown

/** A channel, made ready: its events can be looked up by names that strangers send. */
export interface Prepared extends ChannelDefinition<unknown> {
  readonly incoming: ReadonlyMap<string, Handled>
  readonly intercept: ReadonlyMap<string, Intercept>
  /** How much of a topic stands before what `*` stands for. */
  readonly prefixLength: number
}

/** Which channel a topic is of: the first whose declared topic matches. */
export class Definitions {
  readonly #all: readonly Prepared[]

  constructor(definitions: readonly ChannelDefinition<never>[], hasPresence: boolean) {
    const topics = definitions.map(({ declaration }) => declaration.topic)
    for (const [at, topic] of topics.entries()) assertReached(topic, topics.slice(0, at))
    const present = definitions.find(({ declaration }) => declaration.presence)
    if (present && !hasPresence) {
      throw new ChannelError(
        `the channel of "${present.declaration.topic}" declares presence: give \`createSockets\` one, as \`presence: createPresence({ pubsub })\``,
      )
    }
    // Each is only given visitors that the same sockets' `connect` made, which their types made sure of.
    this.#all = definitions.map((definition) => prepared(definition as ChannelDefinition<unknown>))
  }

  of(topic: string): Prepared | undefined {
    return this.#all.find(({ declaration }) => topicMatches(declaration.topic, topic))
  }
}

/** A topic is of the first channel that matches. */
function assertReached(topic: string, before: readonly string[]): void {
  const other = before.find((pattern) => topicMatches(pattern, topic))
  if (other === topic) throw new ChannelError(`there are two channels for "${topic}"`)
  if (other !== undefined) {
    throw new ChannelError(
      `"${topic}" is never reached, as "${other}" stands before it: give it to \`createSockets\` first`,
    )
  }
}

function prepared({ declaration, handlers }: ChannelDefinition<unknown>): Prepared {
  const events = Object.entries(declaration.in ?? {})
  return {
    declaration,
    handlers,
    incoming: new Map(
      events.map(([event, incoming]) => [
        event,
        { ...incoming, handler: handlerOf(declaration, event, handlers.in) },
      ]),
    ),
    intercept: new Map(Object.entries((handlers.intercept ?? {}) as Record<string, Intercept>)),
    prefixLength: declaration.topic.replace(/\*$/, '').length,
  }
}

function handlerOf(
  { topic }: Declaration,
  event: string,
  handlers: Readonly<Record<string, Handled['handler']>> | undefined,
): Handled['handler'] {
  const handler = handlers && Object.hasOwn(handlers, event) ? handlers[event] : undefined
  if (handler) return handler
  throw new ChannelError(
    `"${event}" of "${topic}" is declared, and there is no handler \`in\` for it`,
  )
}
