/** What is compared, in the order in which tables show it. Each server runs in a process of its own. */
export const SUBJECTS = ['channels', 'ws', 'Socket.IO'] as const
export type Subject = (typeof SUBJECTS)[number]

export const TITLES: Record<Subject, string> = {
  channels: 'channels in Fastify',
  ws: 'a bare ws server',
  'Socket.IO': 'Socket.IO, WebSockets only',
}

export const TOPIC = 'room:lobby'
/** Where everybody is told of who comes and goes. Only `channels` has it. */
export const PRESENCE_TOPIC = 'crowd:lobby'

/** What a broadcast carries, and an echo. */
export const TEXT = 'x'.repeat(100 - '{"text":""}'.length)
