import { z } from 'zod'
import { ask } from './ask.ts'
import { SlackError } from './errors.ts'
import { type SlackApp } from './slack-app.ts'

const EVENT_TYPE = 'showrunner_message'

const Opened = z.object({ channel: z.object({ id: z.string() }) })
const Posted = z.object({ ts: z.string() })
const History = z.object({
  messages: z.array(
    z.object({
      metadata: z.object({ event_payload: z.object({ key: z.unknown() }).optional() }).optional(),
    }),
  ),
})

/** Opens the conversation with one person, which is the same each time; gives its channel. @throws SlackError */
export async function openDirectMessage(app: SlackApp, userId: string): Promise<string> {
  const { body } = await ask(app, 'conversations.open', { users: userId }, Opened)
  return body.channel.id
}

export interface ChannelMessage {
  readonly channel: string
  readonly text: string
  /** By which it is found again: Slack has no way of its own to post something once. */
  readonly key: string
}

/** Posts it, and gives its time, which is its name in Slack. @throws SlackError */
export async function postMessage(
  app: SlackApp,
  { channel, text, key }: ChannelMessage,
): Promise<string> {
  const metadata = JSON.stringify({ event_type: EVENT_TYPE, event_payload: { key } })
  const { body } = await ask(
    app,
    'chat.postMessage',
    { channel, text, metadata, unfurl_links: 'false' },
    Posted,
  )
  return body.ts
}

/**
 * Whether a message with this key is among the newest in a channel. Undefined when the app may not read there: it needs
 * `im:history`, `channels:history` or `groups:history`.
 *
 * @throws SlackError when Slack does not answer.
 */
export async function wasPosted(
  app: SlackApp,
  { channel, key }: Omit<ChannelMessage, 'text'>,
): Promise<boolean | undefined> {
  try {
    const fields = { channel, limit: '100', include_all_metadata: 'true' }
    const { body } = await ask(app, 'conversations.history', fields, History)
    return body.messages.some(({ metadata }) => metadata?.event_payload?.key === key)
  } catch (error) {
    if (error instanceof SlackError && (!error.passes || error.code === 'unreadable')) {
      return undefined
    }
    throw error
  }
}

/** Text in which nothing that somebody typed becomes a mention or a link. */
export function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
