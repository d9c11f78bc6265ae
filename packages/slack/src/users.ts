import { z } from 'zod'
import { ask } from './ask.ts'
import { SlackError } from './errors.ts'
import { type SlackApp } from './slack-app.ts'

export interface SlackUser {
  readonly id: string
  readonly name: string
  /** Null when the token may not see it. */
  readonly email: string | null
  readonly isBot: boolean
  readonly isDeactivated: boolean
}

const User = z.object({
  user: z.object({
    id: z.string(),
    name: z.string().default(''),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    profile: z
      .object({ real_name: z.string().optional(), email: z.string().nullish() })
      .prefault({}),
  }),
})

/** Who has this address. Undefined for nobody. Needs `users:read.email`. @throws SlackError */
export async function lookupByEmail(app: SlackApp, email: string): Promise<SlackUser | undefined> {
  try {
    const { body } = await ask(app, 'users.lookupByEmail', { email }, User)
    return userOf(body)
  } catch (error) {
    if (error instanceof SlackError && error.code === 'users_not_found') return undefined
    throw error
  }
}

/** Undefined for nobody. @throws SlackError */
export async function findUser(app: SlackApp, id: string): Promise<SlackUser | undefined> {
  try {
    const { body } = await ask(app, 'users.info', { user: id }, User)
    return userOf(body)
  } catch (error) {
    if (error instanceof SlackError && error.code === 'user_not_found') return undefined
    throw error
  }
}

function userOf({ user }: z.infer<typeof User>): SlackUser {
  const { id, name, deleted, is_bot, profile } = user
  return {
    id,
    name: profile.real_name || name,
    email: profile.email?.toLowerCase() ?? null,
    isBot: is_bot,
    isDeactivated: deleted,
  }
}
