import { z } from 'zod'
import { ask } from './ask.ts'
import { SlackError } from './errors.ts'
import { type SlackApp } from './slack-app.ts'
import { understood } from './understood.ts'

const Nothing = z.object({})

/**
 * Brings somebody of the workspace into a channel; false when they were in it. Where the app itself is not in the channel
 * it goes in first, which it can where the channel is public.
 *
 * @throws SlackError
 */
export async function inviteToChannel(
  app: SlackApp,
  channel: string,
  userId: string,
): Promise<boolean> {
  const invite = () =>
    understood(ask(app, 'conversations.invite', { channel, users: userId }, Nothing))
  try {
    return await invite()
  } catch (error) {
    if (!(error instanceof SlackError && error.code === 'not_in_channel')) throw error
    await understood(ask(app, 'conversations.join', { channel }, Nothing))
    return invite()
  }
}

/** Takes somebody out of a channel; false when they were not in it. @throws SlackError */
export async function kickFromChannel(
  app: SlackApp,
  channel: string,
  userId: string,
): Promise<boolean> {
  return understood(ask(app, 'conversations.kick', { channel, user: userId }, Nothing))
}
