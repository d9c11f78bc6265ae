import { z } from 'zod'

/** What Slack calls us about. */
export type SlackEvent =
  /** Slack asks whether we are who will be called: the challenge goes back. */
  | { readonly type: 'url_verification'; readonly challenge: string }
  | { readonly type: 'team_join'; readonly eventId: string; readonly userId: string }
  /** One that nobody asked for. */
  | { readonly type: 'other'; readonly eventId: string; readonly name: string }

const Verification = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().max(1000),
})

const Callback = z.object({
  type: z.literal('event_callback'),
  event_id: z.string().min(1).max(100),
  event: z.looseObject({ type: z.string().max(100) }),
})

const Join = z.object({
  type: z.literal('team_join'),
  user: z.union([
    z.string().transform((id) => ({ id, is_bot: false })),
    z.object({ id: z.string(), is_bot: z.boolean().default(false) }),
  ]),
})

/** What the body of a request from Slack says. Undefined for what is no event. */
export function readSlackEvent(body: unknown): SlackEvent | undefined {
  const verification = Verification.safeParse(body)
  if (verification.success) return verification.data

  const callback = Callback.safeParse(body)
  if (!callback.success) return undefined
  const { event_id: eventId, event } = callback.data
  const join = Join.safeParse(event)
  return join.success && !join.data.user.is_bot
    ? { type: 'team_join', eventId, userId: join.data.user.id }
    : { type: 'other', eventId, name: event.type }
}
