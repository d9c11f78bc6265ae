import { type ChannelDefinition } from './channel.ts'
import { topicMatches, type Incoming } from './declaration.ts'
import { ChannelError } from './errors.ts'

/** A channel, made ready: its events can be looked up by names that strangers send. */
export interface Prepared extends ChannelDefinition<unknown> {
  readonly incoming: ReadonlyMap<string, Incoming>
}

/** Which channel a topic is of: the first whose declared topic matches. */
export class Definitions {
  readonly #all: readonly Prepared[]

  constructor(definitions: readonly ChannelDefinition<never>[]) {
    const topics = definitions.map(({ declaration }) => declaration.topic)
    const twice = topics.find((topic, at) => topics.indexOf(topic) !== at)
    if (twice !== undefined) throw new ChannelError(`there are two channels for "${twice}"`)
    this.#all = definitions.map(({ declaration, handlers }) => ({
      declaration,
      // Each is only given visitors that the same sockets' `connect` made, which their types made sure of.
      handlers: handlers as unknown as Prepared['handlers'],
      incoming: new Map(Object.entries(declaration.in ?? {})),
    }))
  }

  of(topic: string): Prepared | undefined {
    return this.#all.find(({ declaration }) => topicMatches(declaration.topic, topic))
  }
}
