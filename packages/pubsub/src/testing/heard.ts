import { type Message } from '../pubsub.ts'

/** A listener that keeps what it heard, and can be waited on. */
export interface Heard {
  readonly listen: (message: Message) => void
  readonly messages: Message[]
  /** All messages, once there are so many. */
  count(count: number): Promise<readonly Message[]>
}

const PATIENCE_MS = 10_000

export function heard(): Heard {
  const messages: Message[] = []
  const waiting = new Set<() => void>()
  return {
    messages,
    listen: (message) => {
      messages.push(message)
      for (const look of waiting) look()
    },
    count: (count) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (messages.length < count) return
          clearTimeout(impatient)
          waiting.delete(look)
          resolve(messages)
        }
        const impatient = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`heard ${messages.length} messages, and not ${count}`))
        }, PATIENCE_MS)
        waiting.add(look)
        look()
      }),
  }
}
