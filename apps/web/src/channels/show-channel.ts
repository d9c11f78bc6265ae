import { defineChannel } from '@showrunner/channels'
import { REACTIONS } from '@showrunner/domain/live'
import { z } from 'zod'

const Message = z.object({
  id: z.number(),
  /** Nobody's, when whoever wrote it is gone. */
  personId: z.number().nullable(),
  name: z.string(),
  /** Of the page about them. */
  href: z.string().nullable(),
  text: z.string(),
  at: z.string(),
})

const Settings = z.object({
  /** Also while it is on: it may be switched off. */
  chatEnabled: z.boolean(),
  slowModeSeconds: z.number(),
  isOver: z.boolean(),
})

const Me = z.object({
  personId: z.number(),
  isMuted: z.boolean(),
  moderates: z.boolean(),
  /** Who may not write, for those who look after the chat. */
  muted: z.array(z.number()),
})

export type Message = z.infer<typeof Message>
export type Settings = z.infer<typeof Settings>
export type Me = z.infer<typeof Me>

const id = z.number().int().positive()
const done = z.object({})

/** Beside a live show: who is here, the chat, reactions. Its notes and chapters are on the page itself. */
export const ShowChannel = defineChannel({
  topic: 'show:*',
  /** Something random that a browser keeps, so that its tabs are counted once. */
  params: z.object({ browser: z.string().min(1).max(40).optional() }),
  joined: z.object({
    /** What was said last, the oldest first. */
    messages: z.array(Message),
    reactions: z.record(z.string(), z.number()),
    others: z.number(),
    settings: Settings,
    /** Nobody, when they are not signed in. */
    me: Me.nullable(),
  }),
  in: {
    say: { payload: z.object({ text: z.string().max(2000) }), reply: z.object({ id: z.number() }) },
    earlier: { payload: z.object({ before: id }), reply: z.object({ messages: z.array(Message) }) },
    react: { payload: z.object({ kind: z.enum(REACTIONS) }) },
    delete: { payload: z.object({ id }), reply: done },
    mute: {
      /** For so long; until they may again, when nothing is said. */
      payload: z.object({ personId: id, minutes: z.number().int().min(1).max(43_200).optional() }),
      reply: done,
    },
    unmute: { payload: z.object({ personId: id }), reply: done },
    slow: { payload: z.object({ seconds: z.number().int().min(0).max(3600) }), reply: done },
  },
  out: {
    said: Message,
    deleted: z.object({ id: z.number() }),
    muted: z.object({ personId: z.number(), isMuted: z.boolean() }),
    /** How often each was seen, of those that came to more. */
    reacted: z.record(z.string(), z.number()),
    /** How many are here without a name. */
    others: z.object({ count: z.number() }),
    settings: Settings,
  },
  presence: z.object({ name: z.string(), href: z.string() }),
})

export const showTopic = (episodeId: number): string => `show:${episodeId}`
